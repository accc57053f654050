import { utf8Length } from '../../macro/bytes.ts'
import { parseDefinitions } from '../../macro/definitions.ts'
import { loopWords } from '../../macro/problem-words.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import { once } from '../../text/once.ts'
import type { Source } from '../../text/source.ts'
import type { Origin, Span } from '../../text/span.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { LoadedText } from '../records/types.ts'
import { loadText, type TextResult } from '../text/load-text.ts'
import {
  type CutLine,
  cutLines,
  type IncludeLine,
  maxPvName,
  maxRequestLine,
  type RequestLine,
  requestLines,
} from './request-lines.ts'

/** A request file that is wanted. */
export interface RequestRead {
  readonly source: Source
  /** The definition list that it gets; only this one, whatever the file around it has. */
  readonly macros: string
  readonly from?: Origin | undefined
  /** Where the list is written. */
  readonly givenAt?: (() => Span) | undefined
}

export interface RequestOptions {
  /** A file of the search path; nothing if there is none, which `open` reports itself. */
  open(name: string, at: () => Span): Source | undefined
}

/** A PV of a request file and where it is written. */
export interface RequestedPv {
  readonly name: string
  readonly at: Span
}

/** All PVs of a request file with those it includes. */
export interface RequestList {
  readonly pvs: readonly RequestedPv[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads an autosave request file with all it includes, as autosave does before it saves
 * (autoSaveRestore.html, "request files"; save_restore.c, readReqFile). Never throws.
 *
 * Problems: undefined macros, files that include themselves, what autosave cuts or passes over,
 * macros that nothing uses.
 */
export function readRequests(read: RequestRead, options: RequestOptions): RequestList {
  const run: Run = {
    ...options,
    pvs: [],
    diagnostics: [],
    reported: new Set(),
    texts: new Map(),
    reads: 0,
    size: 0,
  }
  readFile(run, read, [])
  const { pvs, diagnostics } = run
  return { pvs, diagnostics }
}

interface Run extends RequestOptions {
  readonly pvs: RequestedPv[]
  readonly diagnostics: Diagnostic[]
  /** Places and codes: a file that is included a hundred times has its mistakes once. */
  readonly reported: Set<string>
  /** Files that were read, by their macros. */
  readonly texts: Map<Source, Map<string, TextResult>>
  reads: number
  /** Characters read so far. */
  size: number
}

/** No IOC saves that much; files that include each other twice and more do. */
const mostReads = 2000
const mostPvs = 200_000
const largest = 5_000_000
const deepest = 50
/** Characters of a macro list: autosave keeps a line of 198 bytes, a few times as much with macros. */
const longestList = 4096

/** Where a file stands among those that include it. */
type Chain = readonly RequestRead[]

function readFile(run: Run, read: RequestRead, chain: Chain): void {
  run.reads += 1
  run.size += read.source.text.length
  const text = expanded(run, read)
  run.size += text.text.length
  reportUnused(run, read, text)
  for (const cut of cutLines(read.source.text)) reportCut(run, read, cut)
  for (const line of requestLines(text.text)) {
    if (run.pvs.length >= mostPvs) return
    takeLine(run, { line, text, chain: [...chain, read] })
  }
}

/** The text of a file: without macros nothing in it is expanded, defaults neither. */
function expanded(run: Run, { source, macros, from }: RequestRead): LoadedText {
  if (macros === '') return unexpanded(run, { source, from })
  const { text, problems } = expandedOnce(run, source, macros)
  const given = parseDefinitions(macros).map(({ name }) => name)
  for (const problem of problems) {
    const { kind, name, start, end } = problem
    if (isComment(source.text, start)) continue
    const at: Span = { source, start, end, ...(from && { from }) }
    if (kind === 'undefined') report(run, undefinedMacro(name, at, given))
    else if (kind === 'recursive' || kind === 'endless') {
      report(run, diagnostic('MACRO_RECURSIVE', loopWords(problem), { at }))
    } else if (kind === 'cut') {
      report(run, diagnostic('MACRO_CUT', `macro ${name} is cut: macLib takes 256 bytes`, { at }))
    }
  }
  if (!from) return text
  return { ...text, from, spanOf: (start, end) => ({ ...text.spanOf(start, end), from }) }
}

/** Files that are included over and over, with macros that take long: the work is done once. */
function expandedOnce({ texts }: Run, source: Source, macros: string): TextResult {
  const ofSource = texts.get(source) ?? new Map<string, TextResult>()
  texts.set(source, ofSource)
  const known = ofSource.get(macros)
  if (known) return known
  const result = loadText(source, { macros: { list: macros }, limits: 'off' })
  ofSource.set(macros, result)
  return result
}

function unexpanded(run: Run, { source, from }: Omit<RequestRead, 'macros'>): LoadedText {
  const origin = from && { from }
  for (const { index, 0: written, 1: name = '' } of source.text.matchAll(reference)) {
    if (isComment(source.text, index)) continue
    const at = { source, start: index, end: index + written.length, ...origin }
    report(run, undefinedMacro(name, at, []))
  }
  return {
    ...{ source, text: source.text, ...origin },
    macros: { used: new Set(), undefined: new Set(), defaulted: new Set() },
    spanOf: (start, end) => ({ source, start, end, ...origin }),
    macrosOf: () => [],
  }
}

/** Sites hand one list to many files, so this is no mistake by itself. */
function reportUnused(run: Run, { source, macros, givenAt }: RequestRead, text: LoadedText): void {
  if (!givenAt) return
  const given = parseDefinitions(macros).flatMap(({ name, raw }) =>
    raw === undefined ? [] : [name],
  )
  const unused = given.filter((name) => !text.macros.used.has(name) && !ownMacros.has(name))
  if (unused.length === 0) return
  const them = unused.length === 1 ? 'it' : 'them'
  const names = unused.slice(0, 8).join(', ')
  const message = `macros are given that ${source.name} does not use: ${names}`
  report(run, diagnostic('MACRO_UNUSED', message, { at: givenAt(), hint: `take ${them} away` }))
}

/** Read by autosave itself. */
const ownMacros: ReadonlySet<string> = new Set(['CONFIG', 'CONFIGMENU', 'SAVENAMEPV', 'SAVEPATHPV'])

const reference = /\$[({]([^=,(){}$\s]{1,200})[^(){}\n]{0,200}[)}]/g

function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^\s*#/.test(text.slice(start, Math.min(at, start + 200)))
}

function undefinedMacro(name: string, at: Span, given: readonly string[]): Diagnostic {
  const names: Note =
    given.length === 0
      ? { message: 'no macros are given, so nothing in this file is expanded' }
      : { message: `given: ${given.slice(0, 12).join(', ')}${given.length > 12 ? ', ...' : ''}` }
  const hint =
    didYouMean(name, given) ?? `give it a value in the line that names this file: ${name}=`
  return diagnostic(
    'MACRO_UNDEFINED',
    `macro ${name} is not defined: what this line names cannot be saved`,
    {
      ...{ at, notes: [names], hint, severity: 'warning' },
    },
  )
}

function reportCut(run: Run, { source, from }: RequestRead, { kind, start, end }: CutLine): void {
  const at = { source, start, end, ...(from && { from }) }
  const [message, hint] =
    kind === 'long'
      ? [
          `this line is longer than ${maxRequestLine} bytes, autosave ends it at a comma or blank before`,
          'include a file of fewer macros, or shorten their values',
        ]
      : ['the last line has no line end, autosave drops its last word', 'put a line end behind it']
  report(run, diagnostic('REQUEST_CUT', message, { at, hint }))
}

interface Line<Kind> {
  readonly line: Kind
  readonly text: LoadedText
  /** The file of this line is the last one. */
  readonly chain: Chain
}

function takeLine(run: Run, { line, text, chain }: Line<RequestLine>): void {
  const at = (): Span => text.spanOf(line.start, line.end)
  switch (line.kind) {
    case 'pv':
      takePv(run, line.name, at)
      break
    case 'file':
      include(run, { line, text, chain })
      break
    case 'indented': {
      const message = 'this is taken for a PV named "file": a line that includes begins with file'
      report(run, diagnostic('REQUEST_LINE', message, { at: at(), hint: 'remove the blanks' }))
      break
    }
    case 'ignored': {
      const message = 'autosave passes over this line: no PV begins with such a character'
      report(run, diagnostic('REQUEST_LINE', message, { at: at(), hint: 'comments begin with #' }))
    }
  }
}

function takePv(run: Run, name: string, at: () => Span): void {
  // Said where the macro is written.
  if (/\$[({]/.test(name)) return
  run.pvs.push({
    name,
    get at() {
      return at()
    },
  })
  if (name.length * 3 <= maxPvName || utf8Length(name) <= maxPvName) return
  const message = `autosave cuts "${name}" after ${maxPvName} bytes`
  report(run, diagnostic('REQUEST_CUT', message, { at: at(), hint: 'use a shorter name' }))
}

function include(run: Run, { line, text, chain }: Line<IncludeLine>): void {
  // Places cost as much as reading the file: they are looked for when somebody asks.
  const at = once(() => text.spanOf(line.start, line.end))
  if (line.name === '') {
    const message = 'there is no file name behind "file"'
    report(run, diagnostic('REQUEST_LINE', message, { at: at(), hint: 'file NAME MACRO=value' }))
    return
  }
  // What is not expanded has been reported.
  if (/\$[({]/.test(line.name) || /\$[({]/.test(line.macros)) return
  const source = run.open(line.name, at)
  if (!source) return
  const { macros } = line
  if (isLoop({ source, macros }, chain) || isExhausted(run) || macros.length > longestList) {
    const message = `${source.name} includes itself, directly or not: autosave reads on until no more files can be opened`
    report(run, diagnostic('REQUEST_LOOP', message, { at: at(), hint: 'remove this line' }))
    return
  }
  const from: Origin = {
    message: 'included here',
    get at() {
      return at()
    },
  }
  const givenAt = () => text.spanOf(line.macrosStart, line.macrosEnd)
  readFile(run, { source, macros, from, givenAt }, chain)
}

function isExhausted({ reads, size }: Run): boolean {
  return reads >= mostReads || size > largest
}

function isLoop({ source, macros }: RequestRead, chain: Chain): boolean {
  if (chain.length >= deepest) return true
  return chain.some((one) => one.source === source && one.macros === macros)
}

function report(run: Run, found: Diagnostic): void {
  const { code, at } = found
  const key = `${code}\0${at?.source.name}\0${at?.start}\0${found.message}`
  if (run.reported.has(key)) return
  run.reported.add(key)
  run.diagnostics.push(found)
}
