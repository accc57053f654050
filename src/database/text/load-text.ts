import { utf8Length } from '../../macro/bytes.ts'
import { createMacros } from '../../macro/macros.ts'
import type { Expansion, Limits, MacroProblem, Macros } from '../../macro/types.ts'
import { once } from '../../text/once.ts'
import type { Source } from '../../text/source.ts'
import { type Origin, type Span, writtenSpan } from '../../text/span.ts'
import type { LoadedText, MacroTally } from '../records/types.ts'
import type { Extent } from '../tokens.ts'
import { macroUses } from './macro-uses.ts'
import { type MacroLine, maxLineBytes, type Template, templateOf } from './template.ts'

/** The macros of a load. */
export interface LoadMacros {
  /** The definition list as it is given to dbLoadRecords: `P=a:,R="x,y"`. */
  readonly list: string
  /** Asked for macros that the list does not have; dbLoadRecords asks nobody. */
  readonly environment?: (name: string) => string | undefined
  /** Where a macro was given its value. */
  readonly definedAt?: (name: string) => Span | undefined
}

/** How a file is read. */
export interface TextOptions {
  readonly macros: LoadMacros
  readonly from?: Origin | undefined
  /** `exact` cuts where the IOC cuts; otherwise cuts are only reported. */
  readonly limits: Limits
}

/** A loaded text and what was wrong with its macros. */
export interface TextResult {
  readonly text: LoadedText
  readonly problems: readonly TextProblem[]
  /** Offsets in the loaded text as those in its source; a value points to its reference. */
  readonly sourceExtent: (start: number, end: number) => Extent
  /** Absent if there is nothing to expand, and with `exact` limits. */
  readonly layout?: Layout
}

/** Where what references became is in an expanded text. */
export interface Layout {
  readonly template: Template
  /** What each slot became. */
  readonly values: readonly string[]
  /** How long all is together that the steps before one became; one more than steps. */
  readonly lengths: Int32Array
}

/** Offsets are those in the file as written. */
export interface TextProblem extends Omit<MacroProblem, 'kind'> {
  /** `line`: the line is longer than the IOC takes; `split`: a reference is in two pieces of it. */
  readonly kind: MacroProblem['kind'] | 'line' | 'split'
}

/**
 * Expands a file as dbLoadRecords does: line by line before anything is parsed, comments included
 * (hierarchy-and-macros.md 6.6, 9). Lines of more than 1023 bytes are taken in pieces.
 */
export function loadText(source: Source, options: TextOptions): TextResult {
  const compiled = templateOf(source)
  const template = options.limits === 'exact' ? inWholeLines(compiled) : compiled
  if (template.steps.length === 0) {
    const sourceExtent = (start: number, end: number): Extent => ({ start, end })
    return { text: plainText(source, options), problems: [], sourceExtent }
  }
  const run = runOf(template, options)
  const { text, lengths } = expandAll(run)
  checkLengths(run)
  const { problems, values } = run
  const layout = template === compiled ? { template, values, lengths } : undefined
  return { ...expandedText({ run, text, options }), problems, ...(layout && { layout }) }
}

/** The same with each line expanded by macLib's own rules, which also cut it. */
function inWholeLines(template: Template): Template {
  const { text } = template.source
  let at = 0
  const lines = template.lines.map((line, index) => ({
    ...line,
    ...{ firstStep: index, lastStep: index + 1, fixedBytes: 0 },
  }))
  const steps = lines.map(({ start, end }) => {
    const before = text.slice(at, start)
    at = end
    return { before, slot: -1, start, end }
  })
  return { ...template, steps, lines, slots: [], hasOddLines: true, rest: text.slice(at) }
}

/** One expansion of a template. */
interface Run {
  readonly template: Template
  readonly macros: Macros
  /** What each slot becomes. */
  readonly values: readonly string[]
  readonly limits: Limits
  readonly slotProblems: readonly (readonly MacroProblem[])[]
  readonly problems: TextProblem[]
  readonly tally: { used: Set<string>; missing: Set<string>; defaulted: Set<string> }
}

function runOf(template: Template, { macros: given, limits }: TextOptions): Run {
  const { list, environment } = given
  const macros = createMacros({ limits, ...(environment && { environment }) })
  macros.define(list)
  const tally = {
    used: new Set<string>(),
    missing: new Set<string>(),
    defaulted: new Set<string>(),
  }
  const values: string[] = []
  const slotProblems: (readonly MacroProblem[])[] = []
  for (const { reference } of template.slots) {
    const expansion = macros.expand(reference, maxLineBytes + 1)
    count(tally, macros, expansion)
    values.push(expansion.text)
    slotProblems.push(expansion.problems)
  }
  return { template, macros, values, limits, slotProblems, problems: [], tally }
}

function count(tally: Run['tally'], macros: Macros, { used, problems }: Expansion): void {
  for (const { kind, name } of problems) if (kind === 'undefined') tally.missing.add(name)
  for (const name of used) {
    if (macros.raw(name) !== undefined) tally.used.add(name)
    else if (!tally.missing.has(name)) tally.defaulted.add(name)
  }
}

/** The expanded text; problems are noted. */
function expandAll(run: Run): { readonly text: string; readonly lengths: Int32Array } {
  const { template, values, slotProblems, problems } = run
  const lengths = new Int32Array(template.steps.length + 1)
  let step = 0
  let length = 0
  const hasProblems = slotProblems.some(({ length }) => length > 0)
  // Joined: a string of one piece is read several times faster than a sum of strings.
  const pieces: string[] = []
  for (const { before, slot, start, end } of template.steps) {
    const known = values[slot]
    const made = known ?? expandLine(run, start, end)
    pieces.push(before, made)
    length += made.length
    lengths[++step] = length
    if (!hasProblems || known === undefined) continue
    for (const problem of slotProblems[slot] ?? []) problems.push({ ...problem, start, end })
  }
  pieces.push(template.rest)
  return { text: pieces.join(''), lengths }
}

function expandLine(run: Run, start: number, end: number): string {
  const { macros, template, tally, problems } = run
  const expansion = macros.expand(template.source.text.slice(start, end), maxLineBytes + 1)
  count(tally, macros, expansion)
  for (const problem of expansion.problems) {
    problems.push({ ...problem, start: start + problem.start, end: start + problem.end })
  }
  return expansion.text
}

/** Notes the lines that the IOC cuts, and references that are cut in two by the reading itself. */
function checkLengths(run: Run): void {
  const { lines, steps, mostSteps, mostFixedBytes, hasOddLines } = run.template
  const longest = run.values.reduce((most, value) => Math.max(most, utf8Length(value)), 0)
  if (!hasOddLines && mostFixedBytes + mostSteps * longest <= maxLineBytes) return
  for (const line of lines) {
    if (line.isCut) noteSplit(run, line)
    const count = line.lastStep - line.firstStep
    const isWhole = steps[line.firstStep]?.slot === -1
    if (!isWhole && line.fixedBytes + count * longest <= maxLineBytes) continue
    if (lengthOf(run, line) <= maxLineBytes) continue
    const { start, end } = line
    run.problems.push({ kind: 'line', name: '', start, end: end - 1 })
  }
}

function lengthOf({ template, values, macros }: Run, line: MacroLine): number {
  let length = line.fixedBytes
  for (const { slot, start, end } of template.steps.slice(line.firstStep, line.lastStep)) {
    const text = values[slot] ?? macros.expand(template.source.text.slice(start, end)).text
    length += utf8Length(text)
  }
  return length
}

function noteSplit(run: Run, { start, end }: MacroLine): void {
  const piece = run.template.source.text.slice(start, end)
  const opened = /\$[({]?[^(){}\n]*$/.exec(piece)
  if (opened) run.problems.push({ kind: 'split', name: '', start: start + opened.index, end })
}

function plainText(source: Source, { from }: TextOptions): LoadedText {
  return {
    ...{ source, text: source.text, macros: noMacros },
    ...(from && { from }),
    spanOf: (start, end) => writtenSpan({ source, start, end, ...(from && { from }) }),
    macrosOf: () => [],
  }
}

const noMacros: MacroTally = { used: new Set(), undefined: new Set(), defaulted: new Set() }

interface Expanded {
  readonly run: Run
  readonly text: string
  readonly options: TextOptions
}

/** Nothing of the run is kept but the text: places are found by expanding once more. */
function expandedText({ run, text, options }: Expanded): Omit<TextResult, 'problems'> {
  const { template, tally } = run
  const { source } = template
  const { from, macros } = options
  const map = once(() => placesOf(runOf(template, options)))
  const sourceExtent = (start: number, end: number): Extent => {
    const last = map().at(Math.max(start, end - 1))
    const place = map().at(start)
    const to = end > start && last.isMade ? last.end : last.start + (end > start ? 1 : 0)
    return { start: place.start, end: Math.max(place.start, to) }
  }
  const loaded: LoadedText = {
    ...{ source, text },
    macros: { used: tally.used, undefined: tally.missing, defaulted: tally.defaulted },
    ...(from && { from }),
    spanOf: (start, end) =>
      writtenSpan({ source, ...sourceExtent(start, end), ...(from && { from }) }),
    macrosOf: (start, end) => macroUses(map().madeBetween(start, end), { source, ...macros }),
  }
  return { text: loaded, sourceExtent }
}

/** Where the text at an offset comes from. */
export interface WrittenPlace {
  readonly start: number
  readonly end: number
  /** Made by the reference at this place; otherwise it is the character at `start`. */
  readonly isMade: boolean
}

interface Places {
  at(offset: number): WrittenPlace
  madeBetween(start: number, end: number): WrittenPlace[]
}

interface Stretch {
  readonly outStart: number
  readonly outEnd: number
  readonly start: number
  readonly end: number
}

function placesOf(run: Run): Places {
  const stretches = stretchesOf(run)
  const before = (offset: number) => lastBefore(stretches, offset)
  return {
    at(offset) {
      const stretch = stretches[before(offset)]
      if (!stretch) return { start: offset, end: offset + 1, isMade: false }
      if (offset < stretch.outEnd) return { start: stretch.start, end: stretch.end, isMade: true }
      const start = stretch.end + offset - stretch.outEnd
      return { start, end: start + 1, isMade: false }
    },
    madeBetween(start, end) {
      const first = Math.max(0, before(start))
      const found: WrittenPlace[] = []
      for (let at = first; at < stretches.length; at++) {
        const stretch = stretches[at]
        if (!stretch || stretch.outStart >= end) break
        const touches = stretch.outEnd > start || stretch.outStart === start
        if (touches) found.push({ start: stretch.start, end: stretch.end, isMade: true })
      }
      return found
    },
  }
}

/** Index of the last stretch that begins at or before the offset, or -1. */
function lastBefore(stretches: readonly Stretch[], offset: number): number {
  let low = -1
  let high = stretches.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((stretches[middle]?.outStart ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** All references with the text that each became, in order. */
function stretchesOf({ template, values, macros }: Run): Stretch[] {
  const stretches: Stretch[] = []
  let length = 0
  for (const { before, slot, start, end } of template.steps) {
    const value = values[slot]
    length += before.length
    if (value !== undefined) {
      stretches.push({ outStart: length, outEnd: length + value.length, start, end })
      length += value.length
      continue
    }
    const line = template.source.text.slice(start, end)
    const expansion = macros.expand(line, maxLineBytes + 1)
    for (const { outputStart, outputEnd, ...reference } of expansion.references) {
      stretches.push({
        ...{ outStart: length + outputStart, outEnd: length + outputEnd },
        ...{ start: start + reference.start, end: start + reference.end },
      })
    }
    length += expansion.text.length
  }
  return stretches
}
