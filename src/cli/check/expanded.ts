import type { LoadedText } from '../../database/records/types.ts'
import { loadText } from '../../database/text/load-text.ts'
import type { CommandCall } from '../../shell/types.ts'
import { isReadable } from '../../startup/source-reader.ts'
import { positionAt } from '../../text/source.ts'
import { formatPlace, isMade, originsOf, type Span } from '../../text/span.ts'
import type { LoadedTarget } from './load-targets.ts'

/** The text of a target after all macros: a script as its commands, anything else as files. */
export function* expandedText(one: LoadedTarget, hasOrigin: boolean): Generator<string> {
  switch (one.target.kind) {
    case 'script':
      yield* scriptLines(one, hasOrigin)
      break
    case 'dbd':
      yield* definitionText(one)
      break
    default:
      yield* databaseText(one, hasOrigin)
  }
}

/** The commands in the order in which they run, those of all scripts that are loaded. */
function* scriptLines({ ioc }: LoadedTarget, hasOrigin: boolean): Generator<string> {
  let last: CommandCall['line'] | undefined
  for (const event of ioc.outcome?.events ?? []) {
    if (event.kind !== 'command' || event.call.line === last) continue
    last = event.call.line
    const at = ioc.outcome?.places.of(last)
    // What the command line became is not part of the script.
    if (at?.source.name === '<command line>') continue
    if (hasOrigin && at) yield `# ${placeText(at)}\n`
    yield `${last.text}\n`
  }
}

/** All files that were loaded, one behind the other, included ones in the place of their line. */
function* databaseText({ ioc }: LoadedTarget, hasOrigin: boolean): Generator<string> {
  for (const { text, includes = [] } of ioc.loads) {
    const waiting = [...includes]
    yield* textLines(text, { waiting, hasOrigin })
  }
}

interface Including {
  /** Included texts in the order in which they were read. */
  readonly waiting: LoadedText[]
  readonly hasOrigin: boolean
}

function* textLines(text: LoadedText, including: Including): Generator<string> {
  const { waiting, hasOrigin } = including
  if (hasOrigin) yield `# ${placeText(text.spanOf(0, 0))}\n`
  const isHierarchy = hasOrigin && isMade(text.source)
  let [number, start] = [0, 0]
  for (const line of linesOf(text.text)) {
    number++
    if (isHierarchy && recordLine.test(line)) yield `# ${placeText(text.spanOf(start, start))}\n`
    start += line.length
    const included = waiting[0]
    if (!included || !isIncludedAt(included, text, number)) {
      yield line
      continue
    }
    waiting.shift()
    yield* textLines(included, including)
    if (hasOrigin) yield `# ${placeText(text.spanOf(0, 0))}, after line ${number}\n`
  }
}

/** As a flat database has them. */
const recordLine = /^record\(/

/** Whether this is the line with the `include`: lines stay lines, also with macros in them. */
function isIncludedAt({ from }: LoadedText, { source }: LoadedText, line: number): boolean {
  if (!from || from.at.source !== source) return false
  return positionAt(source, from.at.start).line === line
}

function* definitionText({ target, reader }: LoadedTarget): Generator<string> {
  const read = reader.read(target.path)
  const file = target.actions.find((action) => action.kind === 'file')
  const macros = file?.kind === 'file' ? file.macros : []
  const list = macros.map(({ name, value }) => `${name}="${value}"`).join(',')
  if (!isReadable(read)) return
  yield* linesOf(loadText(read.source, { macros: { list }, limits: 'off' }).text.text)
}

function* linesOf(text: string): Generator<string> {
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    yield text.slice(start, end + 1)
    start = end + 1
  }
  if (start < text.length) yield `${text.slice(start)}\n`
}

/** `a.template:1:1 < st.cmd:7:1`. */
function placeText(at: Span): string {
  return [at, ...[...originsOf(at)].map((link) => link.at)]
    .filter(({ source }) => source.name !== '<command line>')
    .map(formatPlace)
    .join(' < ')
}
