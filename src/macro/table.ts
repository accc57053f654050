import { utf8Length } from './bytes.ts'

/** A definition in the list of a handle. */
export interface Entry {
  readonly name: string
  readonly type: 'macro' | 'environment variable'
  /** Depth of the scope it was made in. */
  readonly level: number
  raw: string
  /** True if the value is the raw text, whatever is defined. */
  isPlain: boolean
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
  /** True: cut at 256 bytes, texts are strings of bytes; false: only note what would be cut. */
  readonly exact: boolean
  readonly entries: Entry[]
  /** The definitions of each name, oldest first. */
  readonly byName: Map<string, Entry[]>
  level: number
  /** True if the expanded values are out of date. */
  dirty: boolean
  readonly environment: (name: string) => string | undefined
}

export function noFindings(): Findings {
  return { bad: false, problems: [], used: new Set() }
}

/** Of all values that nothing is said about; only read, as their findings are replaced and not added to. */
const nothingFound = noFindings()

/** Enough to explain a text; a runaway one has millions. */
const maxProblems = 100

/** Adds a finding once, and not what only follows from another one. */
export function addFinding({ problems }: Findings, item: Finding): void {
  const { kind, name, within } = item
  if (isConsequence(problems, item)) return
  const isKnown = problems.some(
    (known) => known.kind === kind && known.name === name && known.within === within,
  )
  if (!isKnown && problems.length < maxProblems) problems.push(item)
}

/** A name with the mark of a bad reference in it, and all of a text that was given up. */
function isConsequence(problems: readonly Finding[], { kind, name }: Finding): boolean {
  if (kind === 'endless' || problems.length === 0) return false
  return name.includes('$(') || problems.some((known) => known.kind === 'endless')
}

export function newTable(exact: boolean, environment: Table['environment']): Table {
  return { exact, entries: [], byName: new Map(), level: 0, dirty: false, environment }
}

/** The newest definition of a name, without a look at the environment. */
export function newest(table: Table, name: string): Entry | undefined {
  return table.byName.get(name)?.at(-1)
}

/** The newest definition of a name; a name of the environment is copied into the present scope. */
export function lookUp(table: Table, name: string): Entry | undefined {
  const known = newest(table, name)
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
  Object.assign(entry, { raw, ...unexpanded(table, { name, raw }) })
  table.dirty = true
}

/** macPutValue without a value: the name goes from all scopes. */
export function removeName(table: Table, name: string): void {
  const entries = table.byName.get(name)
  if (!entries) return
  for (const entry of entries) table.entries.splice(table.entries.lastIndexOf(entry), 1)
  table.byName.delete(name)
  table.dirty = true
}

export function pushScope(table: Table): void {
  table.level += 1
}

/** Ends the present scope; the outermost one stays. */
export function popScope(table: Table): void {
  const { entries, byName, level } = table
  if (level === 0) return
  // Nothing is added to outer scopes while one is open, so its definitions are the last ones.
  for (let last = entries.at(-1); last?.level === level; last = entries.at(-1)) {
    entries.pop()
    const same = byName.get(last.name)
    same?.pop()
    if (same?.length === 0) byName.delete(last.name)
  }
  table.level -= 1
  table.dirty = true
}

function create(
  table: Table,
  type: Entry['type'],
  { name, raw }: { readonly name: string; readonly raw: string },
): Entry {
  const { level } = table
  const value = unexpanded(table, { name, raw })
  const entry: Entry = { name, type, level, raw, ...value, visited: false }
  const same = table.byName.get(name)
  if (same) same.push(entry)
  else table.byName.set(name, [entry])
  table.entries.push(entry)
  table.dirty = true
  return entry
}

/** macLib: bytes of a name or of an expanded value (MAC_SIZE). */
export const maxBytes = 256

/** Most values hold nothing to expand: what they become is known at once. */
function unexpanded(
  { exact }: Table,
  { name, raw }: Pick<Entry, 'name' | 'raw'>,
): Pick<Entry, 'isPlain' | 'value' | 'findings'> {
  const isPlain = !/[$"'\\]/.test(raw)
  if (!isPlain) return { isPlain, value: '', findings: nothingFound }
  const isCut = (exact ? raw.length : utf8Length(raw)) > maxBytes
  const findings = isCut ? noFindings() : nothingFound
  if (isCut) addFinding(findings, { kind: 'cut', name, within: name })
  return { isPlain, value: exact ? raw.slice(0, maxBytes) : raw, findings }
}
