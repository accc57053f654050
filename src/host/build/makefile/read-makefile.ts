import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { type MakeVariables, osClassOf, wordsFor } from '../../../build/recipe/make-variables.ts'
import { compiledOf, recipeOfMakefile } from '../../../build/recipe/makefile.ts'
import { placeOfVariable } from '../../../build/recipe/makefile-texts.ts'
import type { ModuleRecipe } from '../../../build/recipe.ts'
import { moduleTreeOf } from '../../../modules/module-tree.ts'
import type { Written } from '../../../settings/shape.ts'
import type { Result } from '../../../text/diagnostic.ts'
import { hashOf } from '../file-hashes.ts'
import type { BuildSurroundings } from '../surroundings.ts'
import { findToolchain } from '../toolchain.ts'
import { mirrorBase } from './base-mirror.ts'
import { toolVariables } from './makefile-tools.ts'
import { printVariables, requireFolder, ruleFailure, runMake } from './module-make.ts'
import { runOwnTargets, type TargetRun, vendorFiles } from './own-targets.ts'
import type { ModuleMakefile } from './read-wrapper.ts'
import { copySources, writeChanged } from './source-copy.ts'

/** For whom a makefile is read. */
export interface MakefilePlace {
  /** Absolute: that of the module. */
  readonly folder: string
  /** Absolute: `<folder>/.e3/<arch>`. */
  readonly output: string
  readonly surroundings: BuildSurroundings
  readonly env: Readonly<Record<string, string | undefined>>
  /** One line about work in progress. */
  progress(line: string): void
}

/**
 * Lets GNU make read the makefile of a module in a copy of its sources, and make by the module's own
 * rules what they lack: files that are listed and not there, and what `x$(DEP)` says is needed.
 *
 * Errors: those of `recipeOfMakefile`. Throws `MAKEFILE_ERROR`, `MAKEFILE_RULE`,
 * `PATCH_FAILED`, those of `findToolchain`, and system errors.
 */
export async function readMakefile(
  makefile: ModuleMakefile,
  place: MakefilePlace,
): Promise<Result<ModuleRecipe | undefined>> {
  const reading = await openReading(makefile, place)
  await runOwnTargets(reading, place.progress)
  const file = join(place.output, 'makefile.variables')
  const variables = await printVariables({ ...reading.call, goals: ['e3-print'] }, file)
  const { target } = reading
  const listed = fileVariables.flatMap((name) => wordsFor(variables, name, target) ?? [])
  const folders = [...new Set(['.', ...listed.map(dirname)])]
  const search: Search = { ...reading, variables, listed, folders }
  await runOwnRules(search)
  const tree = moduleTreeOf(place.surroundings.site)
  const { sources, wrapper, patches } = makefile
  const inFolder = (path: string): string => relative(place.folder, path) || '.'
  return recipeOfMakefile({
    ...(wrapper && {
      upstream: {
        ...{ folder: inFolder(sources), copy: inFolder(search.copy) },
        patches: patches.map(inFolder),
      },
    }),
    ...namesOf(makefile, variables),
    ...{ variables, target, texts: makefile.texts },
    locate: (path, kind) => locate(search, path, kind),
    names: readdirSync(reading.copy),
    vendor: { folder: inFolder(reading.vendor), files: vendorFiles(reading.vendor) },
    isInstalled: (module) => tree.versions(module).length > 0,
  })
}

interface Reading extends TargetRun {
  readonly place: MakefilePlace
  readonly target: { readonly arch: string; readonly osClass: string; readonly baseVersion: string }
  /** `O.<base>_<arch>` and `O.<base>_Common` of the copy. */
  readonly objects: string
  readonly common: string
}

async function openReading(makefile: ModuleMakefile, place: MakefilePlace): Promise<Reading> {
  const { output, surroundings, env } = place
  const { base, arch } = surroundings
  const target = { arch, osClass: osClassOf(arch), baseVersion: base.version.text }
  const mirror = join(output, 'base')
  const tools = join(output, 'toolchain.make')
  const vendor = join(output, 'vendor')
  const name = basename(makefile.makefile)
  const text = withOwnDriver(makefile.texts[0].text)
  const copy = await copySources({
    ...{ sources: makefile.sources, makefile: { name, text } },
    ...{ patches: makefile.patches, output: join(output, 'source'), env },
  })
  const prefix = join(copy, `O.${target.baseVersion}_`)
  const [objects, common] = [`${prefix}${arch}`, `${prefix}Common`]
  const toolchain = await findToolchain({ base, arch, env, useCcache: false })
  mirrorBase(base, mirror, [base.arch, arch])
  const toolText = toolVariables(toolchain, target, { base: mirror, installed: base, common })
  writeChanged(tools, toolText)
  // What rules made with another makefile or compiler is made anew.
  const key = hashOf([text, toolText, ...toolchain.identity])
  if (!existsSync(join(objects, `.${key}`))) {
    for (const folder of [objects, common]) rmSync(folder, { recursive: true, force: true })
    for (const folder of [objects, common]) mkdirSync(folder, { recursive: true })
    writeChanged(join(objects, `.${key}`), '')
  }
  if (arch !== base.arch)
    linkHostObjects({ copy, output, prefix: `O.${target.baseVersion}_` }, base.arch)
  const variables = {
    ...{ E3_PRINT: '/dev/null', E3_TOOLCHAIN: tools, EPICS_BASE: mirror, EPICS_LOCATION: mirror },
    E3_MODULES_VENDOR_LIBS_LOCATION: vendor,
    E3_REQUIRE_TOOLS: join(requireFolder, 'tools'),
    E3_REQUIRE_CONFIG: join(requireFolder, 'configure'),
  }
  const original = (path: string): string =>
    path === join(copy, name) ? makefile.makefile : originalOf({ copy, makefile }, path)
  const log = join(output, 'build.log')
  const call = { cwd: copy, makefile: name, env: makefile.env, variables, original, log }
  return { makefile, place, target, copy, objects, common, vendor, call }
}

/**
 * driver.makefile builds for all architectures in one folder, for the host first: rules of the others
 * call what that has made, such as `../O.<base>_<host>/bin/lemon`. Here each has a copy of its own.
 */
function linkHostObjects(
  { copy, output, prefix }: { copy: string; output: string; prefix: string },
  host: string,
): void {
  const link = join(copy, `${prefix}${host}`)
  const made = join(dirname(output), host, relative(output, link))
  rmSync(link, { recursive: true, force: true })
  if (existsSync(made)) symlinkSync(made, link)
}

/** A makefile that has been read. */
interface Search extends Reading {
  readonly variables: MakeVariables
  /** All files that its variables name. */
  readonly listed: readonly string[]
  /** Where they are, from the sources: names without a folder are searched there, too (VPATH). */
  readonly folders: readonly string[]
}

/** Outside of a wrapper, the makefile may name module and version itself. */
function namesOf(
  { name, version, wrapper, texts }: ModuleMakefile,
  variables: MakeVariables,
): Pick<ModuleMakefile, 'name' | 'version'> {
  const own = (variable: string, otherwise: Written): Written => {
    const found = variables.get(variable)
    if (wrapper || found?.origin !== 'file') return otherwise
    return { text: found.value.trim(), at: placeOfVariable(texts, variable) }
  }
  return { name: own('PROJECT', own('MODULE', name)), version: own('LIBVERSION', version) }
}

/** Makefiles of PSI name driver.makefile by a path of their site. */
function withOwnDriver(text: string): string {
  return text.replace(
    /^([ \t]*-?include[ \t]+)[^\s$]*driver\.makefile[ \t]*$/gm,
    '$1$(E3_REQUIRE_TOOLS)/driver.makefile',
  )
}

const fileVariables = [
  ...['SOURCES', 'DBDS', 'DBDFILES', 'HEADERS', 'TEMPLATES', 'SUBS', 'TMPS', 'TEMS', 'SCRIPTS'],
  ...['BINS', 'CFG', 'VENDOR_LIBS'],
]

/** driver.makefile: rules run in O.<base>_<arch>, where files of the sources begin with `../`. */
async function runOwnRules(search: Search): Promise<void> {
  const { makefile, target, copy, objects, variables, listed, folders } = search
  const sources =
    wordsFor(variables, 'SOURCES', target) ??
    readdirSync(copy).filter((name) => name.endsWith('.gt'))
  const lacking = listed.filter((word) => isLacking(search, word))
  const goals = [
    ...sources.map((file) => `${basename(file).replace(/\.\w+$/, '')}.d`),
    ...sources.flatMap((file) => compiledOf(file) ?? []),
    ...lacking.map((word) => (word.includes('/') && !isAbsolute(word) ? `../${word}` : word)),
    ...ownObjects(search),
  ]
  if (goals.length === 0) return
  const path = folders.map((folder) => resolve(copy, folder)).join(' ')
  const call = {
    ...search.call,
    ...{ cwd: objects, makefile: `../${search.call.makefile}` },
    variables: { ...search.call.variables, E3_VPATH: path },
    goals: ['--keep-going', ...new Set(goals)],
  }
  const run = await runMake(call)
  // What is listed and has no rule is told with the list.
  const failed = run.errors.filter(({ missing }) => !missing || !goals.includes(missing))
  if (run.isDone || (failed.length === 0 && run.errors.length > 0)) return
  const ended = { text: 'it was ended', file: makefile.makefile, line: 1 }
  throw ruleFailure(failed.length > 0 ? failed : [ended], run, call)
}

/** Not among the sources as they were fetched, and no header that e3 makes of a dbd file. */
function isLacking(search: Search, word: string): boolean {
  const { makefile, copy } = search
  const path = resolve(makefile.sources, word)
  if (!path.startsWith(copy) && existsSync(path)) return false
  if (isAbsolute(word) && existsSync(join(makefile.sources, word))) return false
  if (word.includes('/')) return true
  const found = locate(search, word, 'file')
  if (found !== undefined && !resolve(search.place.folder, found).startsWith(copy)) return false
  return !word.endsWith('.h') || locate(search, `${word.slice(0, -2)}.dbd`, 'file') === undefined
}

/** Those of LIBOBJS that rules make, or that nobody has: `x.o`, `../lib/x.a`. */
function ownObjects(search: Search): string[] {
  const { variables, target, copy, place } = search
  const objects = wordsFor(variables, 'LIBOBJS', target) ?? []
  return objects.filter((word) => {
    if (word.startsWith('-')) return false
    const found = locate(search, word, 'file')
    return found === undefined || resolve(place.folder, found).startsWith(copy)
  })
}

/** The user's own file for one in the copy, unless patches make them differ. */
function originalOf({ copy, makefile }: Pick<Reading, 'copy' | 'makefile'>, path: string): string {
  const { sources, patches } = makefile
  const own = relative(copy, path)
  if (!own.startsWith('..')) {
    const original = join(sources, own)
    return patches.length === 0 && existsSync(original) ? original : path
  }
  const beside = relative(dirname(copy), path)
  return beside.startsWith('..') ? path : join(dirname(sources), beside)
}

function locate(search: Search, path: string, kind: 'file' | 'folder'): string | undefined {
  const { copy, objects, common, place, folders } = search
  const others = path.includes('/') ? [] : folders.map((folder) => resolve(copy, folder))
  // Compilers run in O.<base>_<arch>.
  const starts = kind === 'file' ? [copy, objects, common, ...others] : [objects, copy]
  // driver.makefile puts `../` in front of files: what begins with a slash is among the sources, too.
  const slashed = kind === 'file' && isAbsolute(path) ? [join(copy, path)] : []
  const found = [...starts.map((start) => resolve(start, path)), ...slashed].find((one) =>
    isKind(one, kind),
  )
  if (found === undefined) return undefined
  const original = originalOf(search, found)
  const inside = relative(place.folder, original)
  return kind === 'folder' && isAbsolute(path) && inside.startsWith('..') ? original : inside || '.'
}

function isKind(path: string, kind: 'file' | 'folder'): boolean {
  const stat = statSync(path, { throwIfNoEntry: false })
  return (kind === 'file' ? stat?.isFile() : stat?.isDirectory()) ?? false
}
