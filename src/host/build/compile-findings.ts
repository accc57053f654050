import { resolve } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'
import {
  type CompilerMessage,
  charactersTo,
  linkerErrors,
  missingHeader,
  readCompilerOutput,
} from '../../build/compiler-output.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { HeaderOwner } from './find-header.ts'
import type { StepLogs } from './step-logs.ts'

/** Where messages of compilers are from. */
export interface FindingPlace {
  /** Absolute: relative paths of messages start here. */
  readonly folder: string
  readonly logs: StepLogs
  readonly reader: SourceReader
  /** Which installed module has this header. */
  ownerOf(header: string): HeaderOwner | undefined
  /** How a module is declared as required, for the help line. */
  declare(module: string): string
}

const mostFailures = 10

/**
 * The first error of each failed step, as what follows is often its consequence.
 *
 * Codes: `HEADER_UNDECLARED`, `COMPILE_ERROR`, `BUILD_FAILED`, `FILE_UNWRITABLE`.
 */
export function failureFindings(failed: readonly BuildStep[], place: FindingPlace): Diagnostic[] {
  const found = failed.map((step) => failureOf(step, place))
  if (found.length <= mostFailures) return found
  const rest = found.length - mostFailures
  const message = `${rest} more commands failed; all they said is in ${place.logs.path}`
  return [...found.slice(0, mostFailures), diagnostic('BUILD_FAILED', message)]
}

function failureOf(step: BuildStep, place: FindingPlace): Diagnostic {
  const output = place.logs.of(step)
  if (/no space left on device/i.test(output)) {
    const message = `cannot write ${step.output}: no space left on the device`
    return diagnostic('FILE_UNWRITABLE', message, { hint: 'make room, then run it again' })
  }
  const error = readCompilerOutput(output).find(({ kind }) => kind === 'error')
  if (step.kind !== 'link' && error) return compileError(error, place)
  const lines = linkerErrors(output).slice(0, 5)
  return diagnostic('BUILD_FAILED', `the command for ${step.subject} failed`, {
    notes: [
      ...lines.map((message) => ({ message })),
      { message: `all it said: ${place.logs.path}` },
    ],
  })
}

function compileError(error: CompilerMessage, place: FindingPlace): Diagnostic {
  const header = missingHeader(error)
  const owner = header === undefined ? undefined : place.ownerOf(header)
  const at = placeOf(error, place)
  if (header !== undefined && owner) {
    const message = `${header} belongs to ${owner.module} ${owner.version}, which is not required here`
    const hint = place.declare(owner.module)
    return diagnostic('HEADER_UNDECLARED', message, { at, hint })
  }
  const where = at ? '' : `${error.file}:${error.line}: `
  const nowhere =
    header === undefined ? [] : [{ message: `no module of the tree has ${header} in its include` }]
  return diagnostic('COMPILE_ERROR', where + error.text, {
    at,
    notes: [
      ...error.notes.slice(0, 5).map((note) => noteOf(note, place)),
      ...nowhere,
      { message: `all messages: ${place.logs.path}` },
    ],
  })
}

function noteOf(note: CompilerMessage['notes'][number], place: FindingPlace) {
  const at = placeOf(note, place)
  return at ? { message: note.text, at } : { message: `${note.file}:${note.line}: ${note.text}` }
}

/** `COMPILE_WARNING`: one for each file that has warnings, with their number and the first one. */
export function warningFindings(steps: readonly BuildStep[], place: FindingPlace): Diagnostic[] {
  const byFile = new Map<string, Map<string, CompilerMessage>>()
  for (const step of steps.filter(({ kind }) => kind !== 'link')) {
    for (const message of readCompilerOutput(place.logs.of(step))) {
      if (message.kind !== 'warning') continue
      const file = resolve(place.folder, message.file)
      const known = byFile.get(file) ?? new Map<string, CompilerMessage>()
      // A header says the same to each file that includes it.
      known.set(`${message.line}:${message.column}:${message.text}`, message)
      byFile.set(file, known)
    }
  }
  return [...byFile.values()].flatMap((messages) => {
    const [first] = [...messages.values()].sort((a, b) => a.line - b.line || a.column - b.column)
    if (!first) return []
    const more = messages.size - 1
    const others = more > 0 ? ` (and ${more} more warning${more > 1 ? 's' : ''} in this file)` : ''
    const at = placeOf(first, place)
    const where = at ? '' : `${first.file}:${first.line}: `
    return [diagnostic('COMPILE_WARNING', `${where}${first.text}${others}`, { at })]
  })
}

/** Nothing if the file cannot be read, such as `<command-line>`. */
function placeOf(
  message: Pick<CompilerMessage, 'file' | 'line' | 'column' | 'hasWideTabs'>,
  { folder, reader }: FindingPlace,
): Span | undefined {
  const outcome = reader.read(resolve(folder, message.file))
  if (!isReadable(outcome)) return undefined
  const { source } = outcome
  const start = offsetOf(source.text, message)
  const word = /^\w+|^.?/.exec(source.text.slice(start, start + 100))?.[0] ?? ''
  return { source, start, end: start + Math.max(1, word.length) }
}

function offsetOf(
  text: string,
  { line, column, hasWideTabs }: Pick<CompilerMessage, 'line' | 'column' | 'hasWideTabs'>,
): number {
  let start = 0
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1 || text.length
  const end = text.indexOf('\n', start)
  const content = text.slice(start, end < 0 ? text.length : end)
  return start + charactersTo(content, { column, hasWideTabs })
}
