import { type Position, positionAt, type Source } from './source.ts'

/**
 * A stretch of a source, `start` included, `end` not, and how we came to read it: the file was
 * loaded from somewhere, the macro was used somewhere, the module was required by another one.
 */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly from?: Origin
}

/** One link of the chain of reasons, e.g. `loaded here` with the span of the `iocshLoad` line. */
export interface Origin {
  readonly message: string
  readonly at: Span
}

export function spanOf(source: Source, start = 0, end: number = source.text.length): Span {
  return { source, start, end }
}

/** The same place with a reason put behind its present chain. */
export function withOrigin(span: Span, from: Origin | undefined): Span {
  if (!from) return span
  return { ...span, from: span.from ? { ...span.from, at: withOrigin(span.from.at, from) } : from }
}

/** `st.cmd:7:14`, the form editors and CI systems recognise. */
export function formatPlace(span: Span): string {
  const { line, column } = startOf(span)
  return `${span.source.name}:${line}:${column}`
}

export function startOf(span: Span): Position {
  return positionAt(span.source, span.start)
}

/** The chain of reasons, innermost first. */
export function* originsOf(span: Span): Generator<Origin> {
  for (let link = span.from; link; link = link.at.from) yield link
}
