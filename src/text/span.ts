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

/**
 * The same place with a reason put behind its present chain.
 *
 * @param before - the chain is cut here first: what this one says is replaced by the reason
 */
export function withOrigin(span: Span, from: Origin | undefined, before?: Origin): Span {
  if (!from && !before) return span
  const links: Origin[] = []
  for (let link = span.from; link && link !== before; link = link.at.from) links.push(link)
  // Not one inside the other: chains may be as long as they like.
  let chain = from
  for (const { message, at } of links.reverse()) {
    chain = { message, at: withoutChain(at, chain) }
  }
  return withoutChain(span, chain)
}

function withoutChain({ source, start, end }: Span, from: Origin | undefined): Span {
  return { source, start, end, ...(from && { from }) }
}

/** A text that was made of others, such as a hierarchy that was made flat; it has no file. */
export interface MadeSource extends Source {
  /** Where a stretch of it was written. */
  readonly writtenAt: (start: number, end: number) => Span
  /** What it was made of. */
  readonly sources: readonly Source[]
}

export function isMade(source: Source): source is MadeSource {
  return 'writtenAt' in source
}

/** The place that people know: of a text that was made, where it was written. */
export function writtenSpan(span: Span): Span {
  const { source, start, end, from } = span
  return isMade(source) ? withOrigin(source.writtenAt(start, end), from) : span
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
