import { parseDefinitions } from '../../macro/definitions.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { TextProblem } from '../text/load-text.ts'
import { maxLineBytes } from '../text/template.ts'
import type { Loading, MissingMacros } from './reading.ts'
import type { LoadedText } from './types.ts'

/** The problems of a text, in the order of the file, and the definition list of its load. */
interface TextProblems {
  readonly loading: Loading
  readonly text: LoadedText
  readonly problems: readonly TextProblem[]
  readonly list: string
}

/** Keeps the problems of a text until it has been parsed. */
export function missingMacros(input: TextProblems): MissingMacros & { reportAll(): void } {
  const { problems, loading } = input
  const fatal = new Set<TextProblem>()
  return {
    blame({ start, end }) {
      let isBlamed = false
      for (let at = firstFrom(problems, start); at < problems.length; at++) {
        const problem = problems[at]
        if (!problem || problem.start >= end) break
        fatal.add(problem)
        isBlamed = true
      }
      if (isBlamed) loading.isGood = false
      return isBlamed
    },
    reportAll() {
      for (const group of groupsOf(problems)) reportGroup(input, group, fatal)
    },
  }
}

/** Index of the first problem at or behind an offset. */
function firstFrom(problems: readonly TextProblem[], offset: number): number {
  let low = 0
  let high = problems.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((problems[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** One finding for each macro, however often it is used; one for each line that is too long. */
function groupsOf(problems: readonly TextProblem[]): Iterable<readonly TextProblem[]> {
  const groups = new Map<string, TextProblem[]>()
  for (const problem of problems) {
    const isPlace = problem.kind === 'line' || problem.kind === 'split'
    const key = `${problem.kind} ${isPlace ? problem.start : problem.name}`
    const group = groups.get(key)
    if (group) group.push(problem)
    else groups.set(key, [problem])
  }
  return groups.values()
}

function reportGroup(
  { loading, text, list }: TextProblems,
  group: readonly TextProblem[],
  fatal: ReadonlySet<TextProblem>,
): void {
  const worst = group.find((problem) => fatal.has(problem))
  const problem = worst ?? group[0]
  if (!problem) return
  const at = spanIn(text, problem)
  const key = `${problem.kind}\0${problem.name}\0${at.source.name}\0${at.start}`
  const { reported } = loading.state
  if (problem.kind === 'line' || problem.kind === 'split') loading.isGood = false
  if (reported.has(key)) return
  reported.add(key)
  const others = group.length - 1
  const notes =
    others === 0
      ? []
      : [{ message: `and at ${others} more ${others === 1 ? 'place' : 'places'} of this file` }]
  const details = {
    at,
    notes,
    ...(!worst && isMissing(problem) && { severity: 'warning' as const }),
  }
  loading.diagnostics.push(describe(problem, { details, list, isFatal: worst !== undefined }))
}

function isMissing({ kind }: TextProblem): boolean {
  return kind === 'undefined' || kind === 'recursive'
}

function spanIn({ source, from }: LoadedText, { start, end }: TextProblem): Span {
  return { source, start, end, ...(from && { from }) }
}

function describe(
  { kind, name, within }: TextProblem,
  {
    details,
    list,
    isFatal,
  }: { details: Parameters<typeof diagnostic>[2]; list: string; isFatal: boolean },
) {
  const where = within === undefined ? '' : ` (in the value of ${within})`
  const effect = isFatal ? '' : '; the IOC only warns'
  switch (kind) {
    case 'undefined':
      return diagnostic('MACRO_UNDEFINED', `macro ${name} is not defined${where}${effect}`, {
        ...details,
        hint:
          didYouMean(
            name,
            parseDefinitions(list).map((item) => item.name),
          ) ?? `$(${name}=) is empty where it is not given`,
      })
    case 'recursive':
      return diagnostic('MACRO_RECURSIVE', `macro ${name} contains itself${where}${effect}`, {
        ...details,
        hint: 'give the inner macro another name',
      })
    case 'cut':
      return diagnostic('MACRO_CUT', `macro ${name} is cut: macLib takes 256 bytes`, {
        ...details,
        hint: 'use a shorter value',
      })
    case 'endless':
      return diagnostic('MACRO_RECURSIVE', `macro ${name} grows or nests without end`, details)
    case 'line':
      return diagnostic(
        'LINE_CUT',
        `with its macros expanded this line is longer than ${maxLineBytes} bytes, the IOC drops what is behind`,
        {
          ...details,
          hint: 'put each field on a line of its own',
        },
      )
    case 'split':
      return diagnostic(
        'LINE_CUT',
        `the IOC reads lines in pieces of ${maxLineBytes} bytes, and this reference lies across two of them`,
        {
          ...details,
          hint: 'put each field on a line of its own',
        },
      )
  }
}
