import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dependencyText, metaText, type PinnedModule } from '../../build/module-texts.ts'
import { pinnedModules } from '../../build/pinned-modules.ts'
import { type StagedFile, stagePlan } from '../../build/stage-plan.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { readBaseRecord } from '../base/flags.ts'
import type { BaseInstallation } from '../base/locate.ts'
import { writeOutput } from '../write-output.ts'
import type { BuiltModule, Work } from './build-module.ts'
import type { CompiledModule } from './compile-module.ts'
import { accepted } from './failure.ts'
import type { FileHashes } from './file-hashes.ts'
import { findLicences } from './licences.ts'
import { replaceStaged, stageContent, stageName, writeStage } from './stage.ts'

/** Puts the stage of a module together, unless the one that is there is as it should be. */
export async function stageModule(
  work: Work,
  modules: readonly ResolvedModule[],
  compiled: CompiledModule,
): Promise<BuiltModule> {
  const { folder, output, order, recipe, surroundings, files, diagnostics } = work
  const { arch } = surroundings
  const { made, state, commands } = compiled
  const pins = pinnedModules(recipe, modules, compiled.read)
  const name = recipe.name.text
  const version = recipe.version.text
  const licences = findLicences(folder, recipe, files)
  const { others } = recipe
  const input = { module: name, arch, files, made, licences, others }
  const plan = accepted(stagePlan(input), diagnostics)
  const texts = new Map([[`lib/${arch}/${name}.dep`, dependencyText(pins)]])
  const staging = { folder, output: join(folder, output), files: plan, texts }
  const content = `${version}\n${stageContent(staging, state.hashes)}`
  const built = join(folder, output, 'built.json')
  const stage = join(folder, output, stageName)
  const facts = builtText(work)
  const isChanged = content !== state.staged || !existsSync(built) || !existsSync(stage)
  // Commits are no content: only who needs them waits for git.
  if (isChanged || commands > 0 || order.refreshesOrigin) {
    const meta = await describe(work, { pins, compiled, plan, licences })
    const path = `${name}_meta.yaml`
    if (isChanged) writeStage({ ...staging, texts: texts.set(path, meta) })
    else replaceStaged(staging, path, meta)
  }
  if (!existsSync(built) || readFileSync(built, 'utf8') !== facts) {
    writeOutput(built, [Buffer.from(facts)])
  }
  state.save(content)
  return { name, version, arch, folder, stage, commands, isChanged }
}

/** What `readBuilt` reads: the stage, and what was asked for that the folder does not say itself. */
function builtText({ recipe, named, surroundings, order }: Work): string {
  const version = recipe.version.text
  const facts = {
    ...{ module: recipe.name.text, version, arch: surroundings.arch, stage: stageName },
    ...(version !== named && { insteadOf: named }),
    ...(order.isDevelopment && { isDevelopment: true }),
    ...(order.searchAll && { searchAll: true }),
  }
  return `${JSON.stringify(facts, undefined, 2)}\n`
}

interface Facts {
  readonly pins: readonly PinnedModule[]
  readonly compiled: CompiledModule
  readonly plan: readonly StagedFile[]
  readonly licences: readonly StagedFile[]
}

async function describe(work: Work, facts: Facts): Promise<string> {
  const { folder, recipe, surroundings } = work
  const { pins, compiled, plan, licences } = facts
  const { toolchain, state } = compiled
  const { base, arch } = surroundings
  const { cppflags, cflags, cxxflags, ldflags } = recipe.flags
  return metaText({
    ...{ name: recipe.name.text, version: recipe.version.text, arch },
    licences: licences.map(({ to }) => to),
    base: { version: base.version.text, abi: abiOf(base) },
    ...(await compiled.tools()),
    flags: {
      cppflags: [...toolchain.cppflags, ...cppflags],
      cflags: [...toolchain.cflags, ...cflags],
      cxxflags: [...toolchain.cxxflags, ...cxxflags],
      ldflags: [...toolchain.ldflags, ...ldflags],
    },
    requires: pins,
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
