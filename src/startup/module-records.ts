import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'

/** A module whose version is shown in records. */
export interface VersionedModule {
  readonly name: string
  readonly version: string
}

/** What the records tell. */
export interface ModuleRecords {
  /** Name of the IOC, as in `REQUIRE_IOC`; see `recordPrefix`. */
  readonly prefix: string
  readonly productVersion: string
  readonly baseVersion: string
  /** In load order. */
  readonly modules: readonly VersionedModule[]
}

/** Limits of the original, so that names agree with those of existing clients (e3.md trap 22). */
const limits = { prefix: 30, module: 24, string: 39 }

/** dbLex.l: a value in quotes has at most 16 KB; for so many there is room, whatever they are called. */
const mostElements = 300

/**
 * The name of an IOC that is given none: `TEST:<user>-<pid>` (e3 5.1). It can always begin record
 * names: of the user what does not fit is replaced or cut, so that the pid is never lost.
 */
export function defaultIocName(user: string, pid: number): string {
  const end = `-${pid}`
  return `TEST:${user.replace(/[^\w-]/g, '_')}`.slice(0, limits.prefix - end.length) + end
}

/**
 * The name of the IOC as it begins record names: at most 30 characters.
 *
 * Errors: `IOC_NAME` for characters that record names may not hold; a warning if it is cut.
 *
 * @param from - where the name stands, or the variable of the environment that has it
 */
export function recordPrefix(name: string, from?: Span | string): Result<string> {
  const notes = typeof from === 'string' ? [{ message: `it is the value of ${from}` }] : []
  const at = typeof from === 'string' ? undefined : from
  const bad = /[^\x21-\x7e]|["'.$]/.exec(name)?.[0]
  const value = name.slice(0, limits.prefix)
  if (name === '' || bad !== undefined) {
    const what = name === '' ? 'is empty' : `holds ${JSON.stringify(bad)}`
    const message = `the IOC name "${name}" ${what}: it cannot begin the names of records`
    const hint = 'use letters, digits and : - _, for example -n LAB:TEST-1'
    return { value: 'IOC', diagnostics: [diagnostic('IOC_NAME', message, { at, notes, hint })] }
  }
  if (name.length <= limits.prefix) return { value, diagnostics: [] }
  const message = `the IOC name "${name}" has more than ${limits.prefix} characters: the records of its modules begin with "${value}"`
  const cut = diagnostic('IOC_NAME', message, {
    ...{ at, notes },
    severity: 'warning',
    hint: 'use a shorter name',
  })
  return { value, diagnostics: [cut] }
}

/**
 * The database with the versions of what is loaded: records of e3 5.1 (`RequireVersion`, `Modules`,
 * `Versions`, `Labels`, group `LoadedModules`) and of 3.x (`<module>_VER`), `BaseVersion` of
 * softIocExit.db. All values stand in the file: they are right before anything is processed.
 */
export function moduleRecords({
  prefix,
  productVersion,
  baseVersion,
  modules,
}: ModuleRecords): Result<string> {
  const all = [{ name: 'require', version: productVersion }, ...modules]
  const { value: named, diagnostics } = distinct(all)
  const listed = all.slice(0, mostElements)
  if (listed.length < all.length) diagnostics.push(cutArrays(all.length))
  const value = [
    stringRecord(`${prefix}:RequireVersion`, 'version of e3-iocsh', productVersion),
    stringRecord(`${prefix}:BaseVersion`, 'version of EPICS base', baseVersion),
    ...named.map(({ name, version }) =>
      stringRecord(`${prefix}:${name}_VER`, 'version of a module', version),
    ),
    arrayRecord(prefix, {
      name: 'Modules',
      column: 'MODS',
      values: listed.map(({ name }) => name),
    }),
    arrayRecord(prefix, {
      name: 'Versions',
      column: 'VERS',
      values: listed.map(({ version }) => version),
    }),
    labelsRecord(prefix),
  ].join('')
  return { value, diagnostics }
}

/** Names cut to the limit of the original; two modules that then have the same name get one record. */
function distinct(modules: readonly VersionedModule[]): {
  value: VersionedModule[]
  diagnostics: Diagnostic[]
} {
  const diagnostics: Diagnostic[] = []
  const byName = new Map<string, VersionedModule>()
  for (const { name, version } of modules) {
    const cut = name.slice(0, limits.module)
    if (cut !== name || byName.has(cut)) diagnostics.push(cutName(name, cut, byName.has(cut)))
    if (version.length > limits.string) diagnostics.push(cutVersion(name, version))
    if (!byName.has(cut)) byName.set(cut, { name: cut, version })
  }
  return { value: [...byName.values()], diagnostics }
}

function cutName(name: string, cut: string, taken: boolean): Diagnostic {
  const effect = taken ? 'it has no record of its own' : `its version is in the record ${cut}_VER`
  const message =
    name === cut
      ? `the record ${cut}_VER is that of another one: module ${name} has none of its own`
      : `the name of module ${name} has more than ${limits.module} characters: ${effect}`
  return diagnostic('MODULE_NAME_CUT', message, {
    hint: 'read the array records Modules and Versions instead',
  })
}

function cutVersion(name: string, version: string): Diagnostic {
  return diagnostic(
    'MODULE_NAME_CUT',
    `the version of module ${name} has more than ${limits.string} characters: its records tell ${short(version)}`,
    { hint: `read it at the IOC shell: epicsEnvShow ${name}_VERSION` },
  )
}

function cutArrays(modules: number): Diagnostic {
  return diagnostic(
    'MODULE_NAME_CUT',
    `the records Modules and Versions tell ${mostElements} of ${modules} modules: an array in a database has no room for more`,
    { hint: 'read the records <module>_VER instead' },
  )
}

function stringRecord(name: string, description: string, value: string): string {
  return `record(stringin, "${name}") {
  field(DESC, "${description}")
  field(VAL, ${json(short(value))})
  field(PINI, "YES")
  field(DISP, "1")
}
`
}

interface Column {
  readonly name: string
  readonly column: string
  readonly values: readonly string[]
}

function arrayRecord(prefix: string, { name, column, values }: Column): string {
  return `record(waveform, "${prefix}:${name}") {
  field(DESC, "${name.toLowerCase()} loaded by require")
  field(FTVL, "STRING")
  field(NELM, "${values.length}")
  field(INP, ${constant(values)})
  field(PINI, "YES")
  field(DISP, "1")
  info(Q:group, {${groupName(prefix)}: {"value.${column}": {"+type": "plain", "+channel": "VAL"}}})
}
`
}

/**
 * dbYacc.y keeps all elements of a JSON array on its stack, which ends in an error for more than 243:
 * longer ones stand in quotes and are read with the link.
 */
function constant(values: readonly string[]): string {
  const array = `{const:[${values.map((value) => json(short(value))).join(', ')}]}`
  return values.length <= 200 ? array : json(array)
}

function labelsRecord(prefix: string): string {
  return `record(aai, "${prefix}:Labels") {
  field(DESC, "columns of LoadedModules")
  field(FTVL, "STRING")
  field(NELM, "2")
  field(INP, {const:["Module", "Version"]})
  field(PINI, "YES")
  field(DISP, "1")
  info(Q:group, {${groupName(prefix)}: {
    "+id": "epics:nt/NTTable:1.0",
    "labels": {"+type": "plain", "+channel": "VAL"}
  }})
}
`
}

function groupName(prefix: string): string {
  return json(`${prefix}:LoadedModules`)
}

/** An EPICS string holds 39 bytes and its end. */
function short(text: string): string {
  return text.slice(0, limits.string)
}

function json(text: string): string {
  return JSON.stringify(text)
}
