import { parseDefinitions } from '../../macro/definitions.ts'
import { loopWords, subjectOf } from '../../macro/problem-words.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { LoadMacros, TextProblem } from '../text/load-text.ts'
import { maxLineBytes } from '../text/template.ts'

/** What is known about a problem of a text. */
export interface ProblemPlace {
  readonly at: Span
  /** The text with the problem. */
  readonly written: string
  /** The same problem at so many other places of the file. */
  readonly others: number
  /** A record or field cannot be used for it. */
  readonly isFatal: boolean
  /** It stands in comments only. */
  readonly isComment: boolean
  readonly macros: LoadMacros
  readonly environment: (name: string) => string | undefined
}

/** What is said about a problem with the macros or the length of a line. */
export function describeProblem(problem: TextProblem, place: ProblemPlace): Diagnostic {
  const { kind, name } = problem
  const details = { at: place.at, notes: countNotes(place) }
  switch (kind) {
    case 'undefined':
    case 'recursive':
      return missing(problem, place)
    case 'cut': {
      const message = `macro ${name} is cut: macLib takes 256 bytes`
      return diagnostic('MACRO_CUT', message, { ...details, hint: 'use a shorter value' })
    }
    case 'endless':
      return diagnostic('MACRO_RECURSIVE', loopWords(problem), details)
    case 'line': {
      const message = `with its macros expanded this line is longer than ${maxLineBytes} bytes, the IOC drops what is behind`
      return diagnostic('LINE_CUT', message, { ...details, hint: splitLines })
    }
    case 'split': {
      const message = `the IOC reads lines in pieces of ${maxLineBytes} bytes, and this reference lies across two of them`
      return diagnostic('LINE_CUT', message, { ...details, hint: splitLines })
    }
  }
}

const splitLines = 'put each field on a line of its own'

function countNotes({ others }: ProblemPlace): Note[] {
  if (others === 0) return []
  return [{ message: `and at ${others} more ${others === 1 ? 'place' : 'places'} of this file` }]
}

function missing(problem: TextProblem, place: ProblemPlace): Diagnostic {
  const { kind, name, within } = problem
  const { at, isFatal, isComment } = place
  const given = givenIn(place.macros)
  const where = within === undefined ? '' : ` (in the value of ${within})`
  const effect = isFatal ? '' : '; the IOC only warns'
  const details = {
    ...{ at, notes: [...stepNotes(problem, place, given), ...countNotes(place)] },
    ...(!isFatal && { severity: isComment ? ('info' as const) : ('warning' as const) }),
  }
  if (kind === 'recursive') {
    const message = `${loopWords(problem)}${where}${effect}`
    return diagnostic('MACRO_RECURSIVE', message, {
      ...details,
      hint: 'give the inner macro another name',
    })
  }
  const message = `${subjectOf(problem)} is not defined${where}${effect}`
  const notes = [...details.notes, givenNote(given)]
  return diagnostic('MACRO_UNDEFINED', message, {
    ...details,
    notes,
    hint: hintFor(name, place, given),
  })
}

/** Raw values by name; the last one wins. */
type Given = ReadonlyMap<string, string>

function givenIn({ list }: LoadMacros): Given {
  const given = new Map<string, string>()
  for (const { name, raw } of parseDefinitions(list)) {
    if (raw === undefined) given.delete(name)
    else given.set(name, raw)
  }
  return given
}

const mostNames = 12

function givenNote(given: Given): Note {
  if (given.size === 0) return { message: 'no macros are given' }
  const names = [...given.keys()]
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  return { message: `given: ${names.slice(0, mostNames).join(', ')}${more}` }
}

/** dbLexRoutines.c: macros of databases are not looked up in the environment. */
function hintFor(name: string, { environment }: ProblemPlace, given: Given): string {
  if (name === '') return 'write the value that is meant'
  if (environment(name) !== undefined) {
    return `databases do not see the environment: give the macro, ${name}=$(${name})`
  }
  return didYouMean(name, given.keys()) ?? `$(${name}=) is empty where it is not given`
}

/** The values that lead from the reference that is written to the macro that is meant. */
function stepNotes(
  { kind, name, within }: TextProblem,
  { written, macros }: ProblemPlace,
  given: Given,
): Note[] {
  if (within === undefined) return []
  const steps = stepsTo(name, namesIn(written), given)
  const closing = kind === 'recursive' && !steps.includes(name) ? [name] : []
  return [...steps, ...closing].map((step) => {
    const definedAt = macros.definedAt?.(step)
    const message = `the value of ${step} is ${JSON.stringify(given.get(step) ?? '')}`
    return { message, ...(definedAt && { at: definedAt }) }
  })
}

/** The shortest way through values: each name is looked at once. */
function stepsTo(name: string, first: readonly string[], given: Given): string[] {
  const before = new Map<string, string | undefined>(first.map((one) => [one, undefined]))
  // The map grows while it is walked.
  for (const one of before.keys()) {
    const inner = namesIn(given.get(one) ?? '')
    if (inner.includes(name)) return wayTo(one, before)
    for (const next of inner) if (!before.has(next)) before.set(next, one)
  }
  return []
}

function wayTo(last: string, before: ReadonlyMap<string, string | undefined>): string[] {
  const way: string[] = []
  for (let one: string | undefined = last; one !== undefined; one = before.get(one)) way.push(one)
  return way.reverse().slice(-mostNames)
}

function namesIn(text: string): string[] {
  return Array.from(text.matchAll(/\$[({]([^=,(){}$]+)/g), ([, name = '']) => name)
}
