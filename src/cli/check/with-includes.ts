import type { LoadedText } from '../../database/records/types.ts'
import { isMade } from '../../text/span.ts'
import { placeText } from './place-text.ts'

/** A text that was loaded and what it includes, directly or not. */
export interface Including {
  readonly text: LoadedText
  /** In the order in which they were read. */
  readonly includes: readonly LoadedText[]
}

/**
 * The lines of a text with what it includes: behind the line of the `include`, whose other text the
 * IOC reads first.
 */
export function withIncludes({ text, includes }: Including, hasOrigin: boolean): Generator<string> {
  return textLines(text, { includes, waiting: [...includes], hasOrigin })
}

interface Run extends Pick<Including, 'includes'> {
  /** Those that are not printed yet. */
  readonly waiting: LoadedText[]
  readonly hasOrigin: boolean
}

function* textLines(text: LoadedText, run: Run): Generator<string> {
  const { waiting, hasOrigin } = run
  if (hasOrigin) yield `# ${placeText(text.spanOf(0, 0))}\n`
  const isHierarchy = hasOrigin && isMade(text.source)
  const statements = includeStatements(text, run)
  let [number, start] = [0, 0]
  for (const line of linesOf(text.text)) {
    number++
    if (isHierarchy && recordLine.test(line)) yield `# ${placeText(text.spanOf(start, start))}\n`
    const end = start + line.length
    const rest = without(line, start, statements)
    if (rest === line || rest.trim() !== '') yield rest
    start = end
    let isIncluded = false
    while (statements[0] && statements[0].end <= end) {
      statements.shift()
      const included = waiting[0]
      if (included?.from?.at.source !== text.source) continue
      waiting.shift()
      yield* textLines(included, run)
      isIncluded = true
    }
    if (hasOrigin && isIncluded) yield `# ${placeText(text.spanOf(0, 0))}, after line ${number}\n`
  }
}

/** As a flat database has them. */
const recordLine = /^record\(/

interface Stretch {
  readonly start: number
  readonly end: number
}

/** The statements of a text that included something; a comment or a string may look like one. */
function includeStatements(text: LoadedText, { includes }: Run): Stretch[] {
  const places = new Set(
    includes.flatMap(({ from }) => (from?.at.source === text.source ? [from.at.start] : [])),
  )
  if (places.size === 0) return []
  return [...text.text.matchAll(includeStatement)].flatMap(({ 0: all, 1: name = '', index }) => {
    const end = index + all.length
    const starts = [index, end - name.length].map((start) => text.spanOf(start, end).start)
    return starts.some((start) => places.has(start)) ? [{ start: index, end }] : []
  })
}

const includeStatement = /\binclude\s*("(?:[^"\\\n]|\\.)*"|[^\s"(){},#]+)/g

/** What stands in a line beside these stretches of the text. */
function without(line: string, lineStart: number, stretches: readonly Stretch[]): string {
  const lineEnd = lineStart + line.length
  return stretches
    .filter(({ start, end }) => start < lineEnd && end > lineStart)
    .reduceRight(
      (rest, { start, end }) =>
        rest.slice(0, Math.max(0, start - lineStart)) +
        (end > lineEnd ? '\n' : rest.slice(end - lineStart)),
      line,
    )
}

function* linesOf(text: string): Generator<string> {
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    yield text.slice(start, end + 1)
    start = end + 1
  }
  if (start < text.length) yield `${text.slice(start)}\n`
}
