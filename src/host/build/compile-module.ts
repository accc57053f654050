import { dirname, join, resolve } from 'node:path'
import {
  type BuildGraph,
  type BuildStep,
  buildGraph,
  foldersOf,
  type GraphInput,
} from '../../build/build-graph.ts'
import { type GeneratedTexts, generateTexts } from '../../build/generated/generated-texts.ts'
import { graphMakefile } from '../../build/graph-makefile.ts'
import type { MadeFiles } from '../../build/stage-plan.ts'
import type { Toolchain } from '../../build/toolchain.ts'
import type { ModuleRequest } from '../../modules/module-request.ts'
import { moduleTreeOf } from '../../modules/module-tree.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { once } from '../../text/once.ts'
import { isFile } from '../is-file.ts'
import type { Work } from './build-module.ts'
import { type BuildState, openBuildState } from './build-state.ts'
import { checkDefinitions } from './check-definitions.ts'
import { failureFindings, warningFindings } from './compile-findings.ts'
import { accepted, BuildFailure } from './failure.ts'
import { findHeader } from './find-header.ts'
import { definitionFinder, writeGenerated, writeIfChanged } from './generate.ts'
import { runSteps } from './run-steps.ts'
import { searchedModules } from './search-all.ts'
import { findSequencer } from './sequencer.ts'
import { openStepLogs, type StepLogs } from './step-logs.ts'
import { expandSubstitutions } from './substitutions.ts'
import { findToolchain } from './toolchain.ts'
import { type BuildTools, describeTools } from './tools.ts'

/** What compilers and generators have made, or which modules they lack. */
export interface CompiledModule {
  readonly made: MadeFiles
  readonly toolchain: Toolchain
  readonly state: BuildState
  /** What its compilers read, from the folder of the module or absolute. */
  readonly read: () => ReadonlySet<string>
  /** For the meta file. */
  readonly tools: () => Promise<BuildTools>
  /** How many commands ran. */
  readonly commands: number
  /** With `searchAll`: modules with headers that were not found. */
  readonly missing: readonly ModuleRequest[]
}

/** Generates, compiles and links; what is wrong ends the build. */
export async function compileModule(
  work: Work,
  modules: readonly ResolvedModule[],
): Promise<CompiledModule> {
  const { folder, output, order, surroundings } = work
  const { base, arch } = surroundings
  const { env, useCcache } = order
  const { sources } = work.files
  const sequencer = findSequencer(folder, sources, {
    ...{ modules, arch: base.arch },
    howTo: (module) => howToRequire(work, module),
  })
  const generated = generate(work, modules, sequencer.programs)
  const databases = expandSubstitutions(work, modules)
  const toolchain = await findToolchain({ base, arch, env, useCcache })
  const folders = { includes: ownFolders(work, generated), foreign: foreignFolders(work, modules) }
  const graph = graphOf(work, { generated, toolchain, snc: sequencer.snc, ...folders })
  const includes = Object.values(folders).flat()
  const { identity } = toolchain
  const state = openBuildState(join(folder, output, 'state.json'), { folder, identity, includes })
  const makefile = once(() => writeMakefile(work, graph))
  const tools = once(() => describeTools(folder, work.recipe, { toolchain, env }))
  // Beside the compilers: after them, somebody waits.
  const logs = openStepLogs(folder, join(folder, output, 'build.log'), graph.steps)
  const started = (running: readonly BuildStep[]): void => {
    makefile()
    logs.begin(running)
    // Last: while this program works, others would take the processor of the compiler.
    void tools()
  }
  const { ran, failed } = await runSteps(graph.steps, state, {
    ...order,
    folder,
    makefile,
    started,
  })
  makefile()
  if (failed.length > 0) state.save(state.staged)
  const missing = judge({ ...work, logs }, graph, failed)
  const made = { library: graph.library, dbd: generated.dbd, headers: generated.headers, databases }
  const read = () => state.pathsOf(graph.steps)
  return { made, toolchain, state, read, tools, commands: ran.length, missing }
}

/** A module that is nowhere cannot be required yet. */
function howToRequire({ surroundings, declare }: Work, module: string): string {
  const isInstalled = moduleTreeOf(surroundings.site).versions(module).length > 0
  return isInstalled ? declare(module) : `install the module ${module}, then ${declare(module)}`
}

type LoggedWork = Work & { readonly logs: StepLogs }

/** Reports what the commands said. The modules with headers that were missing, or the build ends. */
function judge(work: LoggedWork, graph: BuildGraph, failed: readonly BuildStep[]): ModuleRequest[] {
  const { order, diagnostics, logs } = work
  const findings = findingsPlace(work)
  logs.end()
  const missing = order.searchAll ? searchedModules(failed, findings) : []
  if (failed.length > 0 && missing.length === 0) {
    throw new BuildFailure(failureFindings(failed, findings))
  }
  if (missing.length === 0) diagnostics.push(...warningFindings(graph.steps, findings))
  return missing
}

function generate(
  work: Work,
  modules: readonly ResolvedModule[],
  programs: readonly string[],
): GeneratedTexts {
  const { recipe, folder, output, files, surroundings, diagnostics } = work
  const { base, reader } = surroundings
  const definitions = modules.flatMap(({ dbd }) => dbd ?? [])
  const others = [...definitions.map(dirname), join(base.directory, 'dbd')]
  const places = { folder, dbds: files.dbds, others }
  const loadedBefore = [base.dbd, ...definitions]
  const checked = files.dbds.length > 0 ? checkDefinitions({ ...places, reader, loadedBefore }) : []
  accepted({ value: true, diagnostics: checked }, diagnostics)
  const generated = accepted(
    generateTexts({
      ...{ module: recipe.name.text, version: recipe.version.text, output, files, programs },
      findDefinitions: definitionFinder(places),
    }),
    diagnostics,
  )
  writeGenerated(folder, output, generated)
  return generated
}

/** Folders of generated headers, of sources and headers, and what the recipe adds. */
function ownFolders({ recipe, files }: Work, { headers }: GeneratedTexts): string[] {
  const { includes } = recipe.flags
  const found = [headers, files.sources, files.headers].flatMap(foldersOf)
  return [...new Set([...found, ...includes.map(({ text }) => text)])]
}

/** Those of the modules that the recipe names, then those that these require. */
function foreignFolders({ recipe }: Work, modules: readonly ResolvedModule[]): string[] {
  const direct = new Set(recipe.requires.map(({ module }) => module))
  const [named, others] = [true, false].map((isNamed) =>
    modules.filter(({ name }) => direct.has(name) === isNamed),
  )
  return [...(named ?? []), ...(others ?? [])].flatMap(includesOf)
}

/** PSI has `include` in `R<base>`, beside `lib`. */
function includesOf({ directory, archDirectory }: ResolvedModule): string[] {
  const level = dirname(dirname(archDirectory))
  return [...new Set([level, directory])].map((one) => join(one, 'include'))
}

/** For make, and for those who want to know. Its path, from the folder of the module. */
function writeMakefile({ folder, output }: Work, graph: BuildGraph): string {
  const path = `${output}/build.make`
  writeIfChanged(join(folder, path), graphMakefile(graph))
  return path
}

function graphOf(
  { recipe, folder, output, files }: Work,
  parts: Pick<GraphInput, 'toolchain' | 'includes' | 'foreign' | 'snc'> & {
    generated: GeneratedTexts
  },
): BuildGraph {
  const { generated, ...rest } = parts
  return buildGraph({
    ...{ module: recipe.name.text, output, ...rest },
    ...{ sources: files.sources, generated: generated.sources, flags: recipe.flags },
    linked: filesIn(folder, recipe.flags.ldflags),
  })
}

/** `lib/x.a`, `-Wl,--version-script=x.map`: what is linked anew when it changes. */
function filesIn(folder: string, words: readonly string[]): string[] {
  const names = words.flatMap((word) => word.split(/[,=]/)).filter((name) => !/^(-|$)/.test(name))
  return [...new Set(names)].filter((name) => isFile(resolve(folder, name)))
}

function findingsPlace({ folder, surroundings, declare, logs }: LoggedWork) {
  const { reader, site } = surroundings
  return {
    ...{ folder, logs, reader },
    ownerOf: (header: string) => findHeader(site, header),
    declare,
  }
}
