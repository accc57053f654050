import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ModuleFiles, ModuleRecipe } from '../../build/recipe.ts'
import { checkVersionMeaning, checkVersionName } from '../../modules/module-name.ts'
import { ownDependency } from '../../modules/own-dependency.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { resolve as resolveModules } from '../../modules/resolve.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { parseVersionRequest } from '../../version/request.ts'
import { parseVersion } from '../../version/version.ts'
import { errnoOf } from '../errors.ts'
import { type CompiledModule, compileModule } from './compile-module.ts'
import { accepted, BuildFailure, unwritable } from './failure.ts'
import { otherBase } from './makefile/other-base.ts'
import { releaseBase } from './makefile/release-base.ts'
import { findModuleFiles } from './module-files.ts'
import { openOutput } from './open-output.ts'
import { readRecipe, requireModule } from './read-recipe.ts'
import { searchedHeaders } from './searched-headers.ts'
import { stageModule } from './stage-module.ts'
import { type BuildRequest, type BuildSurroundings, findSurroundings } from './surroundings.ts'
import { requireArchitecture } from './toolchain.ts'

/** What is to be built, and how. */
export interface BuildOrder extends BuildRequest {
  /** Commands at the same time. */
  readonly jobs: number
  readonly useCcache: boolean
  /** Headers of modules that are not required are found too, with a warning for each header. */
  readonly searchAll: boolean
  /** Of a wrapper: RELEASE_DEV and CONFIG_MODULE_DEV count. */
  readonly isDevelopment?: boolean
  /** Instead of the version that the module names. */
  readonly version?: string | undefined
  /** Only if the module still names this one. */
  readonly insteadOf?: string | undefined
  /** The module must name a version of this release: sources of another one are a mistake. */
  readonly sourcesOf?: string | undefined
  /** Instead of the versions of required modules that the module names, by module. */
  readonly pins?: ReadonlyMap<string, string> | undefined
  /** The stage is to say at which commits its sources are now, also if nothing was to be made. */
  readonly refreshesOrigin?: boolean
  /** One line about work in progress. */
  progress(line: string): void
}

/** A module that is ready to be installed. Paths are absolute. */
export interface BuiltModule {
  readonly name: string
  readonly version: string
  readonly arch: string
  readonly folder: string
  /** Laid out as an installed version. */
  readonly stage: string
  /** How many commands had to run. */
  readonly commands: number
  /** The stage is another one than before. */
  readonly isChanged: boolean
}

/** A build on its way. */
export interface Work {
  readonly order: BuildOrder
  readonly surroundings: BuildSurroundings
  readonly recipe: ModuleRecipe
  /** The version that the module names itself. */
  readonly named: string
  /** The line that adds a required module, for the help line. */
  declare(module: string): string
  readonly files: ModuleFiles
  /** Absolute: that of the module. */
  readonly folder: string
  /** From there: `.e3/linux-x86_64`. */
  readonly output: string
  readonly diagnostics: Diagnostic[]
}

/**
 * Builds the module of a folder into `<folder>/.e3/<arch>/stage`, which is laid out as an installed
 * version, and writes `built.json` beside it. Only what is out of date is made again. With errors
 * there is no `built.json`.
 *
 * Errors: those of `findSurroundings`, `readRecipe`, `resolve`, `findModuleFiles`, `checkDefinitions`,
 * `failureFindings`, `stagePlan`; `REBUILD_SOURCES`, `BUILD_BUSY`, `BUILD_FAILED`, `FILE_UNWRITABLE`,
 * `BASE_ARCH_MISSING`, `PREREQUISITE_MISSING`, `TOOL_NOT_FOUND`, `DEPENDENCY_CYCLE`.
 */
export async function buildModule(order: BuildOrder): Promise<Result<BuiltModule | undefined>> {
  const diagnostics: Diagnostic[] = []
  try {
    return { value: await build(order, diagnostics), diagnostics }
  } catch (error) {
    const failure = error instanceof BuildFailure ? error : systemFailure(order, error)
    return { value: undefined, diagnostics: [...diagnostics, ...failure.diagnostics] }
  }
}

/** What is read is checked before; what fails by now is writing. */
function systemFailure({ folder }: BuildOrder, error: unknown): BuildFailure {
  if (errnoOf(error) === '') throw error
  return unwritable(join(folder, '.e3'), error)
}

async function build(order: BuildOrder, diagnostics: Diagnostic[]): Promise<BuiltModule> {
  const { env, isDevelopment = false } = order
  const folder = resolve(order.cwd, order.folder)
  const kind = requireModule(folder)
  const release = await releaseBase(kind, env, isDevelopment)
  const surroundings = accepted(findSurroundings({ ...order, release }), diagnostics)
  requireArchitecture(surroundings)
  const output = `.e3/${surroundings.arch}`
  const close = openOutput(folder, join(folder, output))
  try {
    diagnostics.push(...otherBase(release, surroundings.base, join(folder, output)))
    const { progress } = order
    const place = { folder, output, surroundings, env, isDevelopment, progress }
    const found = accepted(await readRecipe(kind, place), diagnostics)
    const recipe = accepted(withVersions(found.recipe, order), diagnostics)
    const { declare } = found
    const named = found.recipe.version.text
    const files = accepted(await findModuleFiles(folder, recipe.files), diagnostics)
    const work = { order, surroundings, recipe, named, declare, files, folder, output, diagnostics }
    return await make(work)
  } catch (error) {
    rmSync(join(folder, output, 'built.json'), { force: true })
    throw error
  } finally {
    close()
  }
}

/** The recipe at the versions that are wanted; `VERSION_INVALID`. */
function withVersions(
  recipe: ModuleRecipe,
  { version, insteadOf, sourcesOf, pins = new Map() }: BuildOrder,
): Result<ModuleRecipe> {
  const { at, text } = recipe.version
  const isReplaced = version !== undefined && (insteadOf ?? text) === text
  const wrong = [
    version === undefined ? undefined : checkVersionName(version),
    isReplaced ? checkVersionMeaning(version) : checkVersionMeaning(text, at),
    sourcesOf === undefined ? undefined : checkRelease(recipe, sourcesOf),
  ]
  const requires = recipe.requires.map((request) => {
    const pin = pins.get(request.module)
    return pin === undefined ? request : { ...request, version: parseVersionRequest(pin) }
  })
  return {
    value: { ...recipe, requires, version: { text: isReplaced ? version : text, at } },
    diagnostics: wrong.filter((one) => one !== undefined),
  }
}

function checkRelease({ name, version }: ModuleRecipe, release: string): Diagnostic | undefined {
  const found = parseVersion(version.text)
  if (found.kind === 'numeric' && found.name === release) return undefined
  const message = `the sources are those of ${name.text} ${version.text}, not of ${release}`
  return diagnostic('REBUILD_SOURCES', message, {
    at: version.at,
    hint: `check out ${release} in a directory of its own: --sources <directory>`,
  })
}

async function make(work: Work): Promise<BuiltModule> {
  const { order, recipe, surroundings, diagnostics } = work
  let { requires } = recipe
  let required: ReadonlySet<string> | undefined
  for (;;) {
    const resolution = resolveModules(requires, surroundings.site)
    const { modules } = resolution
    const own = ownDependency(recipe, modules)
    const found = [...resolution.diagnostics, ...(own ? [own] : [])]
    accepted({ value: modules, diagnostics: found }, diagnostics)
    required ??= new Set(modules.map(({ name }) => name))
    const isSearched = ({ name }: ResolvedModule): boolean => required?.has(name) === false
    const compiled = await compileModule(work, modules)
    if (compiled.missing.length === 0) {
      const searched = modules.filter(isSearched)
      if (searched.length > 0) diagnostics.push(...headersOf(work, searched, compiled))
      return stageModule(work, modules, compiled)
    }
    order.progress(
      `searching all modules: ${compiled.missing.map(({ module }) => module).join(', ')}`,
    )
    requires = [...requires, ...compiled.missing]
  }
}

function headersOf(
  { folder, surroundings, declare }: Work,
  searched: readonly ResolvedModule[],
  compiled: CompiledModule,
): Diagnostic[] {
  const { reader } = surroundings
  return searchedHeaders({ folder, read: compiled.read(), searched, reader, declare })
}
