import { compile, type Program } from './program.ts'
import { type PatternProblem, readSyntax } from './syntax.ts'

/**
 * A regular expression that somebody else wrote. It is matched in a time that grows only with its
 * length times that of the text, whatever it is: `(a+)+$` stops no check.
 */
export interface Pattern {
  readonly text: string
  /** Names of `(?<name>...)`. */
  readonly parts: readonly string[]
  /** Whether the whole text fits, and what its parts are. */
  match(text: string): Match
}

export interface Match {
  readonly isMatch: boolean
  /** By name: offsets of what stands there. Parts that were left out are missing. */
  readonly parts: ReadonlyMap<string, { readonly start: number; readonly end: number }>
  /** So many characters fit the beginning of the pattern. */
  readonly reached: number
}

/** Longer texts fit no pattern: names have at most 60 characters, paths 4095. */
const longestText = 4096
const longestPattern = 1000

/**
 * Reads a regular expression in the usual notation, without look-around, back references and `\b`.
 * It is meant for whole texts, with or without `^` and `$`.
 */
export function readPattern(text: string): Pattern | PatternProblem {
  const whole = { start: 0, end: text.length }
  if (text.length > longestPattern) return { problem: 'has more than 1000 characters', ...whole }
  const node = readSyntax(text)
  if ('problem' in node) return node
  const program = compile(node)
  if (!program) return { problem: 'repeats too much: it has more than 1000 steps', ...whole }
  return patternOf(text, program)
}

function patternOf(text: string, program: Program): Pattern {
  let tried = new Uint32Array(0)
  let run = 0
  return {
    text,
    parts: program.groups,
    match(subject) {
      if (subject.length > longestText) return { isMatch: false, parts: new Map(), reached: 0 }
      const size = program.steps.length * (subject.length + 1)
      if (tried.length < size || run === 0xffff_ffff) {
        tried = new Uint32Array(Math.max(size, tried.length))
        run = 0
      }
      run++
      return search(program, subject, { tried, run })
    },
  }
}

/** Each step is tried at most once at each offset: a mark says in which match it was. */
interface Marks {
  readonly tried: Uint32Array
  readonly run: number
}

function search({ steps, groups }: Program, text: string, { tried, run }: Marks): Match {
  const slots = new Int32Array(groups.length * 2).fill(-1)
  // Three numbers a job: step, offset, and -1, or the slot whose old value the offset is.
  const jobs: number[] = [0, 0, -1]
  let reached = 0
  while (jobs.length > 0) {
    const slot = jobs.pop() ?? -1
    let at = jobs.pop() ?? 0
    let next = jobs.pop() ?? 0
    if (slot >= 0) {
      slots[slot] = at
      continue
    }
    let isArrival = true
    for (;;) {
      const step = steps[next]
      if (!step) break
      if (isArrival) {
        const mark = next * (text.length + 1) + at
        if (tried[mark] === run) break
        tried[mark] = run
        isArrival = false
      }
      next++
      if (step.kind === 'set') {
        if (at >= text.length || !step.test(text.charCodeAt(at))) break
        at++
        if (at > reached) reached = at
      } else if (step.kind === 'fork') {
        jobs.push(step.second, at, -1)
        next = step.first
        isArrival = true
      } else if (step.kind === 'jump') {
        next = step.to
        isArrival = true
      } else if (step.kind === 'save') {
        jobs.push(0, slots[step.slot] ?? -1, step.slot)
        slots[step.slot] = at
      } else if (step.kind === 'start' ? at !== 0 : at !== text.length) break
      else if (step.kind === 'match')
        return { isMatch: true, parts: partsOf(groups, slots), reached }
    }
  }
  return { isMatch: false, parts: new Map(), reached }
}

function partsOf(groups: readonly string[], slots: Int32Array): Match['parts'] {
  const parts = new Map<string, { start: number; end: number }>()
  for (const [index, name] of groups.entries()) {
    const [start = -1, end = -1] = [slots[index * 2], slots[index * 2 + 1]]
    if (start >= 0 && end >= start) parts.set(name, { start, end })
  }
  return parts
}
