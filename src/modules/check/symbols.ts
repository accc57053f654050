import type { SharedObject } from '../../elf/shared-object.ts'
import { symbolName } from '../../elf/symbol-name.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { ModuleLibrary } from '../installed-libraries.ts'
import type { CheckContext } from './context.ts'
import { type Loading, throughNote } from './needed.ts'
import { fileNameOf } from './paths.ts'

/**
 * Symbols that a library expects from all others. `dlopen` with `RTLD_NOW` (require.c)
 * fails on the first one that is missing; a lazy one crashes the IOC at the first call.
 */
export function checkSymbols(loading: Loading, context: CheckContext): Diagnostic[] {
  const missing = missingSymbols(loading.object, context)
  const tooOld = checkVersions(loading, context)
  const [first] = missing
  if (first === undefined) return tooOld
  const message =
    missing.length === 1
      ? `${loading.owner} needs the symbol ${first}, which no library exports`
      : `${loading.owner} needs ${missing.length} symbols which no library exports: ${shortList(missing)}`
  const owners = ownersOf(missing, context)
  return [
    ...tooOld,
    diagnostic('LIBRARY_SYMBOL_MISSING', message, {
      at: loading.at,
      notes: [...notesOf(missing, owners), ...throughNotes(loading)],
      hint: hintOf(loading, missing, { owners, context }),
    }),
  ]
}

/**
 * A symbol with a version is in the library that it was linked with, if that has the version;
 * only the others are searched for.
 */
function missingSymbols(object: SharedObject, { image }: CheckContext): string[] {
  const versioned = new Set(object.versionsNeeded.map(({ index }) => index))
  const wanted = [...object.symbols.undefined()].filter(
    ({ binding, version }) => binding === 'global' && !versioned.has(version),
  )
  const missing = wanted.filter(({ name }) => !image.exporter(name))
  if (missing.length === 0 || !image.hasBase) return []
  image.addSystemLibraries()
  return missing.map(({ name }) => name).filter((name) => !image.exporter(name))
}

function checkVersions(loading: Loading, { image }: CheckContext): Diagnostic[] {
  const { object, owner, at } = loading
  const missing = object.versionsNeeded.filter(({ library, version, weak }) => {
    if (weak || image.versions.has(version)) return false
    const defined = image.find(library)?.object()?.versionsDefined ?? []
    return defined.length > 0 && !defined.includes(version)
  })
  const [first] = missing
  if (!first) return []
  const wanted = missing.map(({ library, version }) => `${version} of ${library}`).join(', ')
  return [
    diagnostic('LIBRARY_TOO_OLD', `${owner} needs ${wanted}, which this machine does not have`, {
      at,
      notes: [
        { message: 'it was built on a newer system than this one' },
        ...throughNotes(loading),
      ],
      hint: 'build it on this system or on an older one',
    }),
  ]
}

function throughNotes({ path, loadedBy }: Loading): Note[] {
  return loadedBy ? [throughNote(fileNameOf(path), loadedBy)] : []
}

/** Trees may have thousands of modules. */
const mostSearched = 300

/** Modules that export a symbol: those of the plan that are loaded later, then others of the trees. */
function ownersOf(
  missing: readonly string[],
  { moduleLibraries, otherModules, libraries }: CheckContext,
): ReadonlyMap<string, ModuleLibrary> {
  const owners = new Map<string, ModuleLibrary>()
  const search = (modules: Iterable<ModuleLibrary>): void => {
    for (const module of modules) {
      const symbols = libraries.read(module.path)?.value?.symbols
      for (const name of missing) {
        if (!owners.has(name) && symbols?.find(symbolName(name))) owners.set(name, module)
      }
    }
  }
  search(moduleLibraries.values())
  if (owners.size < missing.length) search(otherModules().slice(0, mostSearched))
  return owners
}

const listed = 5
const noted = 20

function shortList(names: readonly string[]): string {
  const rest = names.length - listed
  return `${names.slice(0, listed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function notesOf(missing: readonly string[], owners: ReadonlyMap<string, ModuleLibrary>): Note[] {
  const found = missing.flatMap((name) => {
    const owner = owners.get(name)
    return owner ? [{ message: `${name} is in ${owner.module} ${owner.version}` }] : []
  })
  const all = missing.length > listed ? [{ message: missing.slice(0, noted).join(', ') }] : []
  return [...all, ...found.slice(0, noted)]
}

interface Owners {
  readonly owners: ReadonlyMap<string, ModuleLibrary>
  readonly context: CheckContext
}

function versionInPlan(
  { module }: ModuleLibrary,
  { moduleLibraries }: CheckContext,
): string | undefined {
  return [...moduleLibraries.values()].find((one) => one.module === module)?.version
}

function hintOf(
  { module }: Loading,
  missing: readonly string[],
  { owners, context }: Owners,
): string {
  const [planned] = owners.values()
  const loaded = planned && versionInPlan(planned, context)
  if (planned && loaded !== undefined && loaded !== planned.version) {
    const { module: name, version } = planned
    return `ask for ${name} ${version}, which has it: the IOC has ${name} ${loaded}`
  }
  if (planned) {
    const line = `${planned.module} ${planned.version}`
    return module === undefined
      ? `load ${planned.module} before it: require ${line}`
      : `load ${planned.module} before it: add the line "${line}" to the .dep file of ${module}`
  }
  if (missing.some((name) => name.startsWith('pvar_'))) {
    return 'build the module again: its dbd names tables (pvar_...) that its sources do not export'
  }
  return 'require the module that exports it before this one, or link the library that has it'
}
