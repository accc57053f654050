import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { dependencyText, metaText, type PinnedModule } from '../../build/module-texts.ts'
import { type StagedFile, stagePlan } from '../../build/stage-plan.ts'
import type { Toolchain } from '../../build/toolchain.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { readBaseRecord } from '../base/flags.ts'
import type { BaseInstallation } from '../base/locate.ts'
import { writeOutput } from '../write-output.ts'
import type { BuiltModule, Work } from './build-module.ts'
import type { CompiledModule } from './compile-module.ts'
import { accepted } from './failure.ts'
import type { FileHashes } from './file-hashes.ts'
import { readSourceState } from './source-state.ts'
import { stageContent, stageName, writeStage } from './stage.ts'

/** Puts the stage of a module together, unless the one that is there is as it should be. */
export async function stageModule(
  work: Work,
  modules: readonly ResolvedModule[],
  compiled: CompiledModule,
): Promise<BuiltModule> {
  const { folder, output, recipe, surroundings, files, diagnostics } = work
  const { arch } = surroundings
  const { made, state, commands } = compiled
  const name = recipe.name.text
  const version = recipe.version.text
  const licences = licencesIn(folder)
  const { others } = recipe
  const input = { module: name, arch, files, made, licences, others }
  const plan = accepted(stagePlan(input), diagnostics)
  const texts = new Map([[`lib/${arch}/${name}.dep`, dependencyText(modules.map(pinned))]])
  const staging = { folder, output: join(folder, output), files: plan, texts }
  const content = `${version}\n${stageContent(staging, state.hashes)}`
  const built = join(folder, output, 'built.json')
  const isChanged = content !== state.staged || !existsSync(built)
  if (isChanged) {
    const meta = await describe(work, { modules, compiled, plan, licences })
    texts.set(`${name}_meta.yaml`, meta)
    writeStage(staging)
    const facts = { module: name, version, arch, stage: stageName }
    writeOutput(built, [Buffer.from(`${JSON.stringify(facts, undefined, 2)}\n`)])
    state.save(content)
  }
  const stage = join(folder, output, stageName)
  return { name, version, arch, folder, stage, commands, isChanged }
}

function pinned({ name, version }: ResolvedModule): PinnedModule {
  return { name, version: version.text }
}

interface Facts {
  readonly modules: readonly ResolvedModule[]
  readonly compiled: CompiledModule
  readonly plan: readonly StagedFile[]
  readonly licences: readonly string[]
}

async function describe(work: Work, facts: Facts): Promise<string> {
  const { folder, recipe, surroundings, order } = work
  const { modules, compiled, plan, licences } = facts
  const { toolchain, state } = compiled
  const { base, arch } = surroundings
  const { cppflags, cflags, cxxflags, ldflags } = recipe.flags
  return metaText({
    ...{ name: recipe.name.text, version: recipe.version.text, arch, licences },
    base: { version: base.version.text, abi: abiOf(base) },
    source: await readSourceState(folder, order.env),
    compiler: await compilerVersion(toolchain, order.env),
    flags: {
      cppflags: [...toolchain.cppflags, ...cppflags],
      cflags: [...toolchain.cflags, ...cflags],
      cxxflags: [...toolchain.cxxflags, ...cxxflags],
      ldflags: [...toolchain.ldflags, ...ldflags],
    },
    requires: modules.map(pinned),
    files: fileHashes(folder, plan, state.hashes),
  })
}

function fileHashes(
  folder: string,
  plan: readonly StagedFile[],
  hashes: FileHashes,
): Map<string, string> {
  return new Map(plan.map(({ to, from }) => [to, hashes.of(join(folder, from)) ?? '']))
}

/** Libraries of a Python package go together with no other ones, those of a base by its release. */
function abiOf({ directory, version }: BaseInstallation): string {
  const embedded = readBaseRecord(directory)
  return embedded ? `ecl-${embedded.version}` : `base-${version.parts.slice(0, 3).join('.')}`
}

async function compilerVersion(
  { cxx }: Toolchain,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const [program = '', ...words] = cxx
  const options = { env: { ...env, LC_ALL: 'C' }, extendEnv: false, reject: false }
  const { execa } = await import('execa')
  const { stdout } = await execa(program, [...words, '--version'], options)
  return `${stdout}`.split('\n')[0] ?? ''
}

/** Files of the module's folder that say under which terms it may be used. */
function licencesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter((name) => /^(LICEN[CS]E|COPYING|COPYRIGHT)\b/i.test(name))
    .sort()
}
