import { fromBytes, toBytes, unitsBefore, utf8Length } from './bytes.ts'
import { parseDefinitions } from './definitions.ts'
import type { Engine, Job, Pass } from './engine.ts'
import { newOutput, type Output } from './output.ts'
import { expandPlain, expandSimply } from './simple.ts'
import {
  addFinding,
  type Finding,
  maxBytes,
  newest,
  newTable,
  noFindings,
  popScope,
  pushScope,
  putValue,
  removeName,
} from './table.ts'
import { translate } from './translate.ts'
import type {
  Expansion,
  MacroOptions,
  MacroProblem,
  Macros,
  MacroWarning,
  Reference,
} from './types.ts'

/** Work that one expansion may take, in characters looked at. */
const budget = 200_000

/** An empty set of macros; see `Macros` for what can be done with it. */
export function createMacros({
  environment = () => undefined,
  warnings = true,
  limits = 'off',
}: MacroOptions = {}): Macros {
  const exact = limits !== 'off'
  const encodes = limits === 'exact'
  const inner = encodes ? toBytes : same
  const outer = encodes ? fromBytes : same
  const table = newTable(exact, (name) => {
    const value = environment(outer(name))
    return value === undefined ? undefined : inner(value)
  })
  const engine: Engine = {
    table,
    encodes,
    quiet: !warnings,
    budget,
    spent: 0,
    warnings: [],
    endless: [],
    trials: new Map(),
  }
  const put = (name: string, raw: string) => putValue(table, inner(name), inner(raw))
  const remove = (name: string) => removeName(table, inner(name))
  return {
    define(list) {
      for (const { name, raw } of parseDefinitions(list)) {
        if (raw === undefined) remove(name)
        else put(name, raw)
      }
    },
    put,
    remove,
    push: () => pushScope(table),
    pop: () => popScope(table),
    expand: (text, capacity) => expand(engine, text, capacity),
    expandGrowing: (text) => (exact ? expandGrowing(engine, text) : expand(engine, text)),
    raw(name) {
      const known = newest(table, inner(name))
      return known ? outer(known.raw) : environment(name)
    },
    get work() {
      return engine.spent
    },
  }
}

/**
 * A text expanded with the environment only (macEnvExpand): undefined in place of the text if
 * anything in it is bad.
 */
export function expandEnvironment(
  text: string,
  options: MacroOptions,
): { readonly text: string | undefined; readonly expansion: Expansion } {
  const { limits = 'off' } = options
  const plain = limits === 'off' ? expandPlain(text) : undefined
  const expansion = plain ?? createMacros(options).expandGrowing(text)
  return { text: expansion.ok ? expansion.text : undefined, expansion }
}

function same<Value>(value: Value): Value {
  return value
}

function expand(engine: Engine, text: string, capacity = Number.POSITIVE_INFINITY): Expansion {
  engine.warnings = []
  if (engine.table.dirty) evaluate(engine)
  if (capacity <= 1) return nothing
  const simple = expandSimply(engine, text, capacity)
  if (simple) {
    engine.spent += Math.max(simple.text.length - text.length, 0)
    return simple
  }
  const input = engine.encodes ? toBytes(text) : text
  const output = newOutput(engine.table.exact ? capacity - 1 : undefined)
  return describe(engine, { input, output, ...run(engine, input, output) })
}

/**
 * macDefExpand: again and again with a buffer of twice the size until the result fits. Each try
 * gives its messages, and an escape that falls on the end of a buffer acts as in `translate`.
 */
function expandGrowing(engine: Engine, text: string): Expansion {
  let warnings: readonly MacroWarning[] = []
  for (let capacity = 256; ; capacity *= 2) {
    const expansion = expand(engine, text, capacity)
    warnings = [...warnings, ...expansion.warnings]
    if (expansion.status < capacity - 1) return { ...expansion, warnings }
  }
}

const nothing: Expansion = {
  text: '',
  ok: false,
  status: -1,
  isCut: false,
  problems: [],
  warnings: [],
  used: [],
  references: [],
}

/** Expands all values in their order, used or not (macLib: expand). */
function evaluate(engine: Engine): void {
  const { table } = engine
  const { exact } = table
  engine.budget = budget
  engine.trials.clear()
  engine.endless = []
  // The list grows while it is walked: names found in the environment are added to it.
  for (const entry of table.entries) {
    if (entry.isPlain) continue
    const { name, type } = entry
    const job: Job = { type, name, findings: noFindings() }
    const output = newOutput(exact ? maxBytes : undefined)
    const cursor = { text: entry.raw, at: 0 }
    translate({ engine, job, level: 1, terminators: '', within: name }, cursor, output)
    entry.value = output.text
    entry.findings = job.findings
    if (exact ? output.isCut : utf8Length(output.text) > maxBytes) {
      addFinding(job.findings, { kind: 'cut', name, within: name })
    }
    engine.endless.push(...job.findings.problems.filter(({ kind }) => kind === 'endless'))
  }
  spend(engine)
  table.dirty = false
}

/** Work that was spared counts for the budget alone, and may be more than that, see `Trial`. */
function spend(engine: Engine): void {
  engine.spent += budget - Math.max(engine.budget, 0)
}

interface Run {
  readonly job: Job
  readonly found: readonly (Finding & { readonly start: number; readonly end: number })[]
  readonly references: readonly Reference[]
}

/** Expands the text itself and notes which reference each finding belongs to. */
function run(engine: Engine, input: string, output: Output): Run {
  engine.budget = budget
  engine.trials.clear()
  const job: Job = { type: 'string', name: input, findings: noFindings() }
  const found: Run['found'][number][] = []
  const references: Reference[] = []
  job.findings.problems.push(...engine.endless)
  job.findings.bad = engine.endless.length > 0
  const note = (start: number, end: number) => {
    for (const item of job.findings.problems.splice(0)) found.push({ ...item, start, end })
  }
  const cursor = { text: input, at: 0 }
  const onReference: NonNullable<Pass['onReference']> = (reference) => {
    note(reference.start, reference.end)
    references.push({ ...reference, outputEnd: output.text.length })
  }
  const pass = { engine, job, level: 0, terminators: '', within: undefined }
  note(0, input.length)
  translate({ ...pass, onReference }, cursor, output)
  note(0, input.length)
  spend(engine)
  return { job, found, references }
}

interface Finished extends Run {
  readonly input: string
  readonly output: Output
}

/** The result as text, offsets in UTF-16 units. */
function describe(engine: Engine, { input, output, job, found, references }: Finished): Expansion {
  const text = engine.encodes ? textOnce(fromBytes) : same<string>
  const length = engine.table.exact ? output.text.length : utf8Length(output.text)
  const inInput = offsets(engine, input)
  const inOutput = offsets(engine, output.text)
  // macLib: minus the length; so an empty result is never bad.
  const ok = !job.findings.bad || length === 0
  return {
    text: text(output.text),
    ok,
    status: ok ? length : -length,
    isCut: output.isCut,
    problems: found.map(
      ({ kind, name, within, start, end }): MacroProblem => ({
        kind,
        name: text(name),
        ...(within !== undefined && { within: text(within) }),
        start: inInput(start),
        end: inInput(end),
      }),
    ),
    warnings: engine.warnings.map(({ kind, type, name, expanding }) => ({
      kind,
      type,
      name: text(name),
      expanding: { type: expanding.type, name: text(expanding.name) },
    })),
    used: Array.from(job.findings.used, text),
    references: references.map(({ start, end, outputStart, outputEnd }) => ({
      start: inInput(start),
      end: inInput(end),
      outputStart: inOutput(outputStart),
      outputEnd: inOutput(outputEnd),
    })),
  }
}

/** Offsets in a string of bytes as offsets in the text. */
function offsets(engine: Engine, bytes: string): (offset: number) => number {
  const units = engine.encodes ? unitsBefore(bytes) : undefined
  return units ? (offset) => units[offset] ?? 0 : same
}

/** The many messages about one text all hold it. */
function textOnce(text: (inner: string) => string): (inner: string) => string {
  const known = new Map<string, string>()
  return (inner) => {
    const result = known.get(inner) ?? text(inner)
    known.set(inner, result)
    return result
  }
}
