import type { Origin, Span } from '../text/span.ts'
import type { RunKind, ScriptLine, ScriptRun, Word } from './types.ts'

/**
 * The place of a part of an expanded line (`line.text`) in the script, with the chain of lines that
 * loaded it. Text that came out of a macro has the place of the reference. Without offsets: the
 * whole line but for blanks around it.
 */
export function placeIn(line: ScriptLine, start?: number, end?: number): Span {
  if (start === undefined) return inRaw(line, ...trimmed(line.raw))
  return inRaw(line, rawStart(line, start), rawEnd(line, end ?? line.text.length))
}

/** The place of a word; see `placeIn`. */
export function placeOfWord(line: ScriptLine, word: Word): Span {
  return placeIn(line, word.start, word.end)
}

/** A place given by offsets in the raw line, e.g. those of a macro problem. */
export function inRaw(line: ScriptLine, start: number, end: number): Span {
  const from = originOf(line.run)
  return {
    source: line.run.source,
    start: inSource(line, start),
    end: inSource(line, Math.max(start, end - 1)) + Math.min(1, end - start),
    ...(from && { from }),
  }
}

function inSource({ start, joints = [] }: ScriptLine, offset: number): number {
  return start + offset + 2 * joints.filter((joint) => joint <= offset).length
}

const reasons: Readonly<Record<RunKind, string>> = {
  top: 'loaded here',
  iocshLoad: 'loaded here',
  '<': 'read here',
  iocshRun: 'run here',
  iocshCmd: 'run here',
}

/**
 * Why a script is read: the line that asked for it, itself with its chain. Kept, so that the places
 * of deeply nested scripts share their chains; outermost first, since deep chains are met deep in
 * the stack.
 */
function originOf(run: ScriptRun): Origin | undefined {
  const unknown: ScriptRun[] = []
  for (let one: ScriptRun | undefined = run; one?.parent && !origins.has(one); ) {
    unknown.push(one)
    one = one.parent.run
  }
  for (const one of unknown.reverse()) {
    if (one.parent) origins.set(one, { message: reasons[one.kind], at: placeIn(one.parent) })
  }
  return origins.get(run)
}

const origins = new WeakMap<ScriptRun, Origin>()

function trimmed(raw: string): [number, number] {
  const text = raw.trim()
  const start = raw.indexOf(text)
  return [start, start + text.length]
}

function rawStart({ expansion }: ScriptLine, offset: number): number {
  let shift = 0
  for (const { start, end, outputStart, outputEnd } of expansion?.references ?? []) {
    if (offset < outputStart) break
    if (offset < outputEnd) return start
    shift = end - outputEnd
  }
  return offset + shift
}

function rawEnd({ expansion }: ScriptLine, offset: number): number {
  let shift = 0
  for (const { end, outputStart, outputEnd } of expansion?.references ?? []) {
    if (offset <= outputStart) break
    if (offset < outputEnd) return end
    shift = end - outputEnd
  }
  return offset + shift
}
