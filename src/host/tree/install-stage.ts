import { existsSync, lstatSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withoutOrigin } from '../../build/module-texts.ts'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { errnoOf, isFull } from '../errors.ts'
import { publish } from '../publish.ts'
import { removeStaging } from '../staging.ts'
import { changesSince } from './changed-files.ts'
import { checkStageFiles, stageDamaged, stageUnreadable } from './check-stage-files.ts'
import { compareCommonFiles } from './common-files.ts'
import { copyFiles, makeTreeDirectory, modesIn } from './copy-files.ts'
import { treeUnwritable } from './failure.ts'
import { architectureOfFile, filesBelow, type TreeFile, unfitFiles } from './stage-files.ts'
import { openTreeStaging, type TreeStaging } from './staging.ts'
import { removeIfEmpty, removeIfHollow } from './uninstall.ts'
import { metasOf } from './verify-files.ts'

/** What is installed, and where. */
export interface InstallRequest {
  readonly staged: StagedModule
  /** Directory of the module tree; it exists. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What has become of it. */
export interface Installation {
  /** The version's directory; nothing if it is not installed. */
  readonly directory?: string
  /** The same was there already: nothing was changed. */
  readonly isSame?: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Puts a stage into a module tree, in one step: readers see the version as a whole or not at all,
 * also on a shared file system, and however this process ends. Another architecture of a version
 * joins it if all files are equal that are not made for one architecture. Numeric versions are never
 * replaced, test versions are. What is there already as it is asked for stays.
 *
 * Errors: `STAGE_INVALID`, `STAGE_DAMAGED`, `STAGE_DIFFERS`, `VERSION_INSTALLED`, `TREE_UNWRITABLE`.
 * Information: `VERSION_REPLACED`.
 */
export async function installStage(request: InstallRequest): Promise<Installation> {
  const { staged, root } = request
  const folder = join(root, staged.module)
  try {
    const files = filesBelow(staged.directory)
    const unfit = unfitFiles(files, staged)
    if (unfit.length > 0) return { diagnostics: unfit }
    const refusal = refusalAt(join(folder, staged.version.text), staged)
    if (isInstalled(staged, folder)) {
      return { directory: join(folder, staged.version.text), isSame: true, diagnostics: [] }
    }
    if (refusal) return { diagnostics: [refusal] }
    makeModuleFolder(folder, root)
    const staging = openTreeStaging(folder)
    try {
      return await place({ ...request, files, folder, staging })
    } finally {
      removeStaging(staging.directory)
      removeIfEmpty(folder)
    }
  } catch (error) {
    const isOfStage = isStageGone(error, staged)
    return {
      diagnostics: [isOfStage ? stageUnreadable(staged, error) : treeUnwritable(folder, error)],
    }
  }
}

/** Something of the stage was there when it was listed: another build has begun, or it was removed. */
function isStageGone(error: unknown, { directory }: StagedModule): boolean {
  const path = error instanceof Error && 'path' in error ? String(error.path) : ''
  const isInStage = path === directory || path.startsWith(`${directory}/`)
  return isInStage && !isFull(error)
}

interface Placing extends InstallRequest {
  readonly files: readonly TreeFile[]
  readonly folder: string
  readonly staging: TreeStaging
}

/** What is there decides; it may change at any moment, so the last word has the rename. */
async function place(placing: Placing): Promise<Installation> {
  const { staged, folder } = placing
  const directory = join(folder, staged.version.text)
  removeIfHollow(directory)
  if (!existsSync(directory)) {
    const damage = copyVersion(placing)
    if (damage.length > 0) return { diagnostics: damage }
    if (await publishVersion(placing)) return { directory, diagnostics: [] }
  }
  const refusal = refusalAt(directory, staged)
  if (refusal) return { diagnostics: [refusal] }
  const differences = hasArchitecture(directory, staged)
    ? []
    : compareCommonFiles(placing.files, { staged, directory })
  if (differences.length === 0 && !hasArchitecture(directory, staged)) {
    return placeArchitecture(placing)
  }
  if (staged.version.kind === 'numeric') return { diagnostics: differences }
  const damage = copyVersion(placing)
  if (damage.length > 0) return { diagnostics: damage }
  await publishVersion(placing)
  return { directory, diagnostics: [replaced(staged, directory)] }
}

/** The copy is compared, not the stage: another build may have begun while files were copied. */
function copyVersion({ staged, files, folder, staging }: Placing): readonly Diagnostic[] {
  const made = copyIn(staging)
  rmSync(made, { recursive: true, force: true })
  copyFiles(files, { from: staged.directory, to: made, modes: modesIn(folder) })
  const isWhole = checkStageFiles({ ...staged, directory: made }).length === 0
  return isWhole ? [] : [stageDamaged(staged, ['it was changed while it was copied'])]
}

/** False if a numeric version is there already. */
function publishVersion({ staged, folder, staging, env }: Placing): Promise<boolean> {
  const version = staged.version.text
  return publish({
    ...{ made: copyIn(staging), target: join(folder, version), aside: staging.asideOf(version) },
    ...{ env, isKept: () => staged.version.kind === 'numeric' },
  })
}

function copyIn({ directory }: TreeStaging): string {
  return join(directory, 'new')
}

/**
 * Puts `bin/<arch>` and then `lib/<arch>` into a version that is there: what makes the architecture
 * visible comes last. What is said of this build goes into `lib/<arch>` too.
 */
function placeArchitecture({ staged, files, folder, staging }: Placing): Installation {
  const { module, version, architecture } = staged
  const directory = join(folder, version.text)
  const modes = modesIn(directory)
  const made = join(staging.directory, 'architecture')
  const own = files.filter(({ path }) => architectureOfFile(path) !== undefined)
  copyFiles(own, { from: staged.directory, to: made, modes })
  const meta = files.filter(({ path }) => path === `${module}_meta.yaml`)
  const described = join(staging.directory, 'meta')
  copyFiles(meta, { from: staged.directory, to: described, modes })
  for (const { path } of meta) {
    renameSync(join(described, path), join(made, 'lib', architecture, path))
  }
  for (const part of [`bin/${architecture}`, `lib/${architecture}`]) {
    if (!existsSync(join(made, part))) continue
    const holder = dirname(join(directory, part))
    if (!existsSync(holder)) makeTreeDirectory(holder, modes)
    try {
      renameSync(join(made, part), join(directory, part))
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error))) throw error
      return { diagnostics: [installed(staged, directory)] }
    }
  }
  return { directory, diagnostics: [] }
}

/** What cannot be replaced, whoever asks: a numeric version, a link. */
function refusalAt(directory: string, staged: StagedModule): Diagnostic | undefined {
  const status = lstatSync(directory, { throwIfNoEntry: false })
  if (!status) return undefined
  if (!status.isDirectory()) return notADirectory(directory, staged)
  const isThere = hasArchitecture(directory, staged)
  return isThere && staged.version.kind === 'numeric' ? installed(staged, directory) : undefined
}

/** Base's own rules may have made an empty `lib/<arch>` (e3.md, trap 25): that is no installation. */
function hasArchitecture(directory: string, { module, architecture }: StagedModule): boolean {
  const place = join(directory, 'lib', architecture)
  return [`${module}.dep`, `lib${module}.so`].some((name) => existsSync(join(place, name)))
}

/**
 * Equal descriptions, which hold the hashes of all files, of files that are still as they were. What
 * cannot be replaced is also the same if it was made of another commit.
 */
function isInstalled(staged: StagedModule, folder: string): boolean {
  const { module, version, architecture } = staged
  const directory = join(folder, version.text)
  const name = `${module}_meta.yaml`
  const told = (path: string): string | undefined => {
    const text = readIfThere(path)
    return text && version.kind === 'numeric' ? withoutOrigin(text) : text
  }
  const made = told(join(staged.directory, name))
  const places = [join(directory, name), join(directory, 'lib', architecture, name)]
  if (made === undefined || !places.some((path) => told(path) === made)) return false
  const { value: metas, diagnostics } = metasOf({ module, directory })
  const isHashed = metas.some(({ arch, files }) => arch === architecture && files.size > 0)
  const { wrong, added } = changesSince(metas, { module, directory })
  return isHashed && diagnostics.length + wrong.length + added.length === 0
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function makeModuleFolder(folder: string, root: string): void {
  try {
    makeTreeDirectory(folder, modesIn(root))
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
}

function installed({ module, version, architecture }: StagedModule, directory: string): Diagnostic {
  const message = `${module} ${version.text} is installed already for ${architecture}`
  return diagnostic('VERSION_INSTALLED', message, {
    notes: [{ message: `it is in ${directory}; numeric versions are never replaced` }],
  })
}

function notADirectory(directory: string, { module, version }: StagedModule): Diagnostic {
  const message = `${module} ${version.text} cannot be installed: ${directory} is no directory`
  return diagnostic('VERSION_INSTALLED', message, {
    notes: [{ message: 'a link with the name of a version is another name of one' }],
    hint: `look at it: ls -l ${directory}; then remove it, or install another version`,
  })
}

function replaced({ module, version }: StagedModule, directory: string): Diagnostic {
  const message = `the test version ${module} ${version.text} was there and has been replaced`
  return diagnostic('VERSION_REPLACED', message, { notes: [{ message: `in ${directory}` }] })
}
