import { type Span, writtenSpan } from '../../text/span.ts'
import type { LoadMacros, TextProblem, TextResult } from '../text/load-text.ts'
import { describeProblem } from './macro-problem.ts'
import type { Loading, MissingMacros } from './reading.ts'
import type { LoadedText } from './types.ts'

/** The problems of a text, in the order of the file, and the macros of its load. */
interface TextProblems extends TextResult {
  readonly loading: Loading
  readonly macros: LoadMacros
}

/** Keeps the problems of a text until it has been parsed. */
export function missingMacros(input: TextProblems): MissingMacros & { reportAll(): void } {
  const { problems, loading, sourceExtent } = input
  const fatal = new Set<TextProblem>()
  return {
    blame(from, to) {
      const { start, end } = sourceExtent(from, to)
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
  { loading, text, macros }: TextProblems,
  group: readonly TextProblem[],
  fatal: ReadonlySet<TextProblem>,
): void {
  const worst = group.find((problem) => fatal.has(problem))
  const visible = group.slice(0, mostLooked).find((problem) => !isInComment(text, problem))
  const problem = worst ?? visible ?? group[0]
  if (!problem) return
  const at = spanIn(text, problem)
  const key = `${problem.kind}\0${problem.name}\0${at.source.name}\0${at.start}`
  const { reported, findings, environment } = loading.state
  if (problem.kind === 'line' || problem.kind === 'split') loading.isGood = false
  if (reported.has(key)) return
  reported.add(key)
  const isComment = !worst && !visible && group.length <= mostLooked
  const written = text.source.text.slice(problem.start, problem.end)
  const isFatal = worst !== undefined
  const place = { at, written, others: group.length - 1, isFatal, isComment }
  findings.add(describeProblem(problem, { ...place, macros, environment }))
}

/** Lines are as long as people like: only so many are looked at again. */
const mostLooked = 20

const longestLine = 10_000

/** dbLex.l: outside of strings `#` begins a comment. The IOC expands macros there, too. */
function isInComment({ source: { text } }: LoadedText, { start }: TextProblem): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return line.length < longestLine && /^(?:[^"#\n]|"(?:[^"\\\n]|\\.)*")*#/.test(line)
}

function spanIn({ source, from }: LoadedText, { start, end }: TextProblem): Span {
  return writtenSpan({ source, start, end, ...(from && { from }) })
}
