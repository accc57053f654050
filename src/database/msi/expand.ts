import { fromBytes } from '../../macro/bytes.ts'
import { maxBytes } from '../../macro/table.ts'
import type { Expansion, MacroProblem } from '../../macro/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { type Origin, type Span, withOrigin } from '../../text/span.ts'
import { type Run, shownSpan, stop, type TemplateFile } from './state.ts'
import {
  type Command,
  capacity,
  type Line,
  type Piece,
  piecesOf,
  type SimpleReference,
} from './template.ts'

/** A template that is wanted: its name, standard input without one, and why. */
export interface Wanted {
  readonly name: string | undefined
  /** Where it is named; absent for the command line. */
  readonly at?: Span | undefined
  readonly from?: Origin | undefined
}

/** Files that may be open in each other; msi goes on until the system has no more for it. */
const deepest = 100

/** Installs definition lists; with `-V` bad values are reported, used or not. */
export function defineMacros(run: Run, lists: readonly string[]): void {
  for (const list of lists) run.macros.define(list)
  run.values.clear()
  if (!run.options.isVerbose) return
  for (const { name, kind, expanding } of run.macros.expand('', capacity).warnings) {
    const message = `macro ${fromBytes(name)} is ${kind} in the value of ${fromBytes(expanding.name)}`
    reportOnce(run, diagnostic('MACRO_UNDEFINED', message, { severity: 'warning' }))
  }
}

/** Expands a template and what it includes, down to the first error that ends the run. */
export function expandTemplate(run: Run, wanted: Wanted): void {
  const open: Reading[] = []
  enter(run, open, wanted)
  for (let reading = open.at(-1); reading && !run.isStopped; reading = open.at(-1)) {
    const piece = reading.file.pieces[reading.next]
    reading.next += 1
    if (!piece) open.pop()
    else if (!('argument' in piece)) writePiece(run, reading, piece)
    else if (piece.kind === 'include') include(run, open, { reading, piece })
    else defineMacros(run, [piece.argument])
  }
}

/** A file that is being expanded. */
interface Reading {
  readonly file: TemplateFile
  readonly source: Source
  readonly from: Origin | undefined
  /** Number of the next piece. */
  next: number
}

function enter(run: Run, open: Reading[], { name, at, from }: Wanted): void {
  const file = open.length < deepest ? findFile(run, name) : { reason: 'includes nest too deep' }
  if ('reason' in file) {
    stop(run, missing(run, { name, at, from }, file.reason))
    return
  }
  run.rule?.add(file.path)
  const source = { name: fromBytes(file.path), text: file.text }
  const origin = at ? { message: 'included here', at } : from
  open.push({ file, source, from: origin, next: 0 })
}

function missing(run: Run, { name, at, from }: Wanted, reason: string): Diagnostic {
  const shownName = name === '' ? 'the file' : fromBytes(name ?? 'standard input')
  const message = `cannot open ${shownName}: ${reason}`
  const isSearched = name !== undefined && !name.includes('/') && run.options.path.length > 0
  const hint = 'see the directories of -I: once given, only they are searched'
  return diagnostic('FILE_NOT_FOUND', message, {
    ...{ at: at ?? from?.at, hint: isSearched ? hint : undefined },
  })
}

/** msi: with -I names without a slash are looked for only there, the first one counts. */
function findFile(run: Run, name: string | undefined): TemplateFile | { readonly reason: string } {
  const { path } = run.options
  if (name === undefined) return readFile(run, undefined)
  if (path.length === 0 || name.includes('/')) return readFile(run, name)
  let failed: { readonly reason: string } | undefined
  for (const directory of path) {
    const file = readFile(run, `${directory}/${name}`)
    if (!('reason' in file)) return file
    failed ??= file
  }
  const searched = path.map(fromBytes).join(':')
  return { reason: `${failed?.reason ?? 'not found'} (searched in ${searched})` }
}

function readFile(
  { files, templates }: Run,
  path: string | undefined,
): TemplateFile | { readonly reason: string } {
  const before = templates.get(path)
  if (before) return before
  if (path === '') return { reason: 'its name is empty' }
  const read = files.read(path)
  if ('reason' in read) return read
  // C strings end at a NUL: msi drops what follows it on the line.
  const text = read.text.includes('\0') ? read.text.replace(/\0[^\n]*\n?/g, '') : read.text
  const file = { path: path ?? 'stdin', text, pieces: piecesOf(text) }
  templates.set(path, file)
  return file
}

interface Include {
  readonly reading: Reading
  readonly piece: Command
}

function include(run: Run, open: Reading[], { reading, piece }: Include): void {
  const at = placeOf(reading, piece.start, piece.end)
  enter(run, open, { name: piece.argument, at })
}

function placeOf({ source, from }: Reading, start: number, end: number): Span {
  return withOrigin(shownSpan({ source, start, end }), from)
}

function writePiece(run: Run, reading: Reading, piece: Exclude<Piece, Command>): void {
  if (run.rule) return
  if (piece.kind === 'plain') {
    run.files.write(piece.text)
    return
  }
  const text = simpleText(run, piece)
  if (text !== undefined) {
    run.files.write(text)
    return
  }
  const expansion = run.macros.expand(piece.text, capacity)
  run.files.write(expansion.text)
  if (!expansion.ok && run.options.isVerbose) reportBad(run, { reading, expansion }, piece.start)
  reportCuts(run, { reading, expansion }, piece)
}

/** What becomes of a line of simple references; undefined if macLib has to say. */
function simpleText(run: Run, { parts }: Line): string | undefined {
  if (!parts) return undefined
  let text = ''
  for (const part of parts) {
    const value = typeof part === 'string' ? part : simpleValue(run, part)
    if (value === undefined) return undefined
    text += value
  }
  return text.length < capacity ? text : undefined
}

/** The value of a macro, asked for once as long as no macro changes; undefined if it is bad. */
function simpleValue(
  { macros, values }: Run,
  { name, fallback }: SimpleReference,
): string | undefined {
  if (name.length > maxBytes) return undefined
  let value = values.get(name)
  if (value === undefined && !values.has(name)) {
    const { ok, text, problems } = macros.expand(`$(${name})`, capacity)
    const isGood = ok && !problems.some(({ kind }) => kind === 'cut')
    value = isGood && macros.raw(name) !== undefined ? text : undefined
    values.set(name, value)
  }
  return value ?? (macros.raw(name) === undefined ? fallback : undefined)
}

/** A line that macLib has expanded. */
interface Expanded {
  readonly reading: Reading
  readonly expansion: Expansion
}

function reportBad(run: Run, { reading, expansion }: Expanded, start: number): void {
  run.hasUndefined = true
  for (const problem of expansion.problems) {
    if (problem.kind === 'cut' || !isNews(run, reading, { start, problem })) continue
    const at = placeOf(reading, start + problem.start, start + problem.end)
    run.diagnostics.push(badMacro(problem, at))
  }
}

/** msi cuts without a word, so these are warnings: neither output nor status change. */
function reportCuts(run: Run, { reading, expansion }: Expanded, { start, text }: Line): void {
  for (const problem of expansion.problems) {
    if (problem.kind !== 'cut' || !isNews(run, reading, { start, problem })) continue
    const message = `macro ${shortName(problem.name)} is longer than 256 bytes: msi cuts it`
    const at = placeOf(reading, start + problem.start, start + problem.end)
    run.diagnostics.push(diagnostic('MACRO_CUT', message, { at, hint: 'use a shorter value' }))
  }
  if (!expansion.isCut || !isNews(run, reading, { start, problem: wholeLine })) return
  const message = `with its macros expanded this line is longer than ${capacity - 1} bytes: msi cuts it`
  const at = placeOf(reading, start, start + text.replace(/\r?\n$/, '').length)
  const hint = 'put the parts on lines of their own'
  run.diagnostics.push(diagnostic('LINE_CUT', message, { at, hint, severity: 'warning' }))
}

const wholeLine = { start: 0, name: '' }

/** A name that is too long is one of these itself. */
function shortName(name: string): string {
  const text = fromBytes(name)
  return text.length > 40 ? `${text.slice(0, 40)}...` : text
}

interface ReportedProblem {
  /** Of the line. */
  readonly start: number
  readonly problem: Pick<MacroProblem, 'start' | 'name'>
}

/** Each reference of a template is reported once, not for each set. */
function isNews(run: Run, { file }: Reading, { start, problem }: ReportedProblem): boolean {
  const key = `${file.path}\0${start + problem.start}\0${problem.name}`
  if (run.reported.has(key) || run.reported.size > 1000) return false
  run.reported.add(key)
  return true
}

function badMacro({ kind, name, within }: MacroProblem, at: Span): Diagnostic {
  const value = within === undefined ? '' : ` in the value of ${fromBytes(within)}`
  const code = kind === 'recursive' ? 'MACRO_RECURSIVE' : 'MACRO_UNDEFINED'
  return diagnostic(code, `macro ${fromBytes(name)} is ${kind}${value}`, { at })
}

function reportOnce(run: Run, found: Diagnostic): void {
  if (run.reported.has(found.message)) return
  run.reported.add(found.message)
  run.diagnostics.push(found)
}
