/** A definition in the list of a handle. */
export interface Entry {
  readonly name: string
  readonly type: 'macro' | 'environment variable'
  /** Depth of the scope it was made in. */
  readonly level: number
  raw: string
  /** The expanded value; only good while the table is not dirty. */
  value: string
  findings: Findings
  /** True while its value is being expanded, to find loops. */
  visited: boolean
}

/** What was found while a text or a value was expanded. */
export interface Findings {
  bad: boolean
  problems: Finding[]
  used: Set<string>
}

export interface Finding {
  readonly kind: 'undefined' | 'recursive' | 'cut' | 'endless'
  readonly name: string
  readonly within: string | undefined
}

/** All definitions, oldest first, with the scope that is open now. */
export interface Table {
  entries: Entry[]
  level: number
  /** True if the expanded values are out of date. */
  dirty: boolean
  readonly environment: (name: string) => string | undefined
}

export function noFindings(): Findings {
  return { bad: false, problems: [], used: new Set() }
}

/** Enough to explain a text; a runaway one has millions. */
const maxProblems = 100

/** Adds a finding once. */
export function addFinding({ problems }: Findings, item: Finding): void {
  const { kind, name, within } = item
  const isKnown = problems.some(
    (known) => known.kind === kind && known.name === name && known.within === within,
  )
  if (!isKnown && problems.length < maxProblems) problems.push(item)
}

/** The newest definition of a name; a name of the environment is copied into the present scope. */
export function lookUp(table: Table, name: string): Entry | undefined {
  const known = table.entries.findLast((entry) => entry.name === name)
  if (known) return known
  const raw = table.environment(name)
  return raw === undefined ? undefined : create(table, 'environment variable', { name, raw })
}

/** macPutValue: replaces a definition of this scope, shadows one of an outer scope. */
export function putValue(table: Table, name: string, raw: string): void {
  const entry = lookUp(table, name)
  if (!entry || entry.level < table.level) {
    create(table, 'macro', { name, raw })
    return
  }
  entry.raw = raw
  table.dirty = true
}

/** macPutValue without a value: the name goes from all scopes. */
export function removeName(table: Table, name: string): void {
  keep(table, (entry) => entry.name !== name)
}

export function pushScope(table: Table): void {
  table.level += 1
}

/** Ends the present scope; the outermost one stays. */
export function popScope(table: Table): void {
  if (table.level === 0) return
  keep(table, (entry) => entry.level < table.level)
  table.level -= 1
  table.dirty = true
}

function keep(table: Table, wanted: (entry: Entry) => boolean): void {
  const kept = table.entries.filter(wanted)
  if (kept.length === table.entries.length) return
  table.entries = kept
  table.dirty = true
}

function create(
  table: Table,
  type: Entry['type'],
  { name, raw }: { readonly name: string; readonly raw: string },
): Entry {
  const { level } = table
  const entry: Entry = { name, type, level, raw, value: '', findings: noFindings(), visited: false }
  table.entries.push(entry)
  table.dirty = true
  return entry
}
