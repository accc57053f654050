import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { onInterrupt } from '../interrupts.ts'
import { makeDirectories } from '../make-directories.ts'
import { publish } from '../publish.ts'
import { createStaging, removeStaging, sweepStaging } from '../staging.ts'
import { machineArchitecture } from './architecture.ts'
import { compileSoftIoc, softIocSource } from './compile.ts'
import { downloadWheel } from './download.ts'
import {
  type EmbeddedBase,
  embeddedRoot,
  pinnedBaseVersion,
  recordFile,
  usualSpelling,
} from './embedded.ts'
import { InstallFailure, writing } from './failure.ts'
import { absoluteFlags, type BaseRecord, flagsOfWheel } from './flags.ts'
import { layOutBase, libraryOrder, recordText, writeBaseRecord } from './layout.ts'
import { findCompiler, findTools, type Tools } from './prerequisites.ts'
import { stopPrograms } from './run.ts'
import { embeddedState } from './state.ts'
import { unpackWheel } from './unpack.ts'
import { findWheel, type Wheel } from './wheel.ts'

/** What `e3 base install` is asked for. */
export interface InstallRequest {
  /** Version of the Python package; default: that of the wheel of `from`, else the pinned one. */
  readonly version?: string | undefined
  /** A wheel file or a folder with wheels; default: pip downloads it. */
  readonly from?: string | undefined
  /** Replace a base that is already there; a damaged one is replaced anyway. */
  readonly force?: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Told what is being done, one line at a time. */
  readonly progress?: (text: string) => void
}

/** The outcome: a base, or the reason why there is none. */
export interface Installation {
  readonly base?: EmbeddedBase
  /** False if it was there before. */
  readonly isNew: boolean
  /** It was there, with an executable of another release, which was made again. */
  readonly isRenewed?: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Makes an embedded base: download, unpack, lay out, compile, try, rename into place. All work is
 * done in a directory beside the result, so a kill at any moment and two installations at once
 * leave either a whole base or none.
 *
 * Never throws for reasons outside the program: they become diagnostics (`PREREQUISITE_MISSING`,
 * `BASE_DOWNLOAD_FAILED`, `BASE_WHEEL_*`, `BASE_BUILD_FAILED`, `BASE_WRITE_FAILED`, and
 * `BASE_ARCH_MISSING` where a base of another machine is in the place).
 */
export async function installBase(request: InstallRequest): Promise<Installation> {
  try {
    return await install(request)
  } catch (error) {
    if (!(error instanceof InstallFailure)) throw error
    return { isNew: false, diagnostics: [error.diagnostic] }
  }
}

async function install(request: InstallRequest): Promise<Installation> {
  const { env, from, force = false } = request
  const root = embeddedRoot(env)
  const local = from === undefined ? undefined : findLocalWheel(request, from)
  const asked = checkVersion(local?.version ?? request.version ?? pinnedBaseVersion)
  const version = usualSpelling(asked, env)
  const base = { version, directory: join(root, version) }
  const state = force ? ({ kind: 'absent' } as const) : embeddedState(base.directory)
  if (state.kind === 'current') return { base, isNew: false, diagnostics: [] }
  if (state.kind === 'foreign') throw new InstallFailure(state.reason)
  if (state.kind === 'outdated') {
    await renewExecutable(state.record, { ...request, root, directory: base.directory })
    return { base, isNew: false, isRenewed: true, diagnostics: [] }
  }

  if (state.kind === 'damaged') request.progress?.(`making it again: ${state.reason.message}`)
  const tools = await findTools(env, local === undefined)
  return inStaging(root, async (staging) => {
    const made = await build({ ...request, root, staging, version, local, tools })
    const named = { version: made.version, directory: join(root, made.version) }
    const isNew = await writing(root, () =>
      publish({
        made: made.directory,
        target: named.directory,
        aside: join(staging, 'replaced'),
        isKept: () => !force && embeddedState(named.directory).kind === 'current',
        env,
      }),
    )
    return { base: named, isNew, diagnostics: [] }
  })
}

/** Does its work in a directory that is gone afterwards, also after a signal. */
async function inStaging<Made>(
  root: string,
  work: (staging: string) => Promise<Made>,
): Promise<Made> {
  const staging = await writing(root, () => {
    makeDirectories(root)
    sweepStaging(root)
    return createStaging(root)
  })
  const release = onInterrupt(async () => {
    await stopPrograms()
    removeStaging(staging)
  })
  try {
    return await work(staging)
  } finally {
    release()
    removeStaging(staging)
    // Programs that a killed one had started may have written on while it was swept the first time.
    sweepStaging(root)
  }
}

/**
 * Makes the executable of a base again, in a directory beside it from which it finds the libraries of
 * the base, and renames it over the old one: IOCs that run keep that. The record comes last, so that
 * a kill before leaves a base that is renewed the next time. No network and no Python is needed.
 */
async function renewExecutable(
  record: BaseRecord,
  {
    env,
    progress = () => {},
    root,
    directory,
  }: InstallRequest & { readonly root: string; readonly directory: string },
): Promise<void> {
  const { arch } = record
  const compiler = await findCompiler(env)
  await inStaging(root, async (staging) => {
    await writing(root, () => {
      mkdirSync(join(staging, 'bin', arch), { recursive: true })
      for (const name of ['lib', 'dbd', 'db'])
        symlinkSync(join(directory, name), join(staging, name))
    })
    progress(`compiling softIocPVA with ${compiler.join(' ')}`)
    const flags = absoluteFlags(directory, record)
    await compileSoftIoc({ base: staging, arch, compiler, env, flags })
    const renewed = { ...record, source: softIocSource(), compiler: compiler.join(' ') }
    await writing(directory, () => {
      const executable = join('bin', arch, 'softIocPVA')
      renameSync(join(staging, executable), join(directory, executable))
      writeFileSync(join(staging, 'record'), recordText(renewed))
      renameSync(join(staging, 'record'), join(directory, recordFile))
    })
  })
}

interface Build extends InstallRequest {
  readonly root: string
  readonly staging: string
  readonly version: string
  readonly local: Wheel | undefined
  readonly tools: Tools
}

/**
 * Makes a complete base in the staging directory and returns where. Its version is that of the wheel,
 * which may be spelled in another way than the one that was asked for.
 */
async function build(plan: Build): Promise<EmbeddedBase> {
  const { env, progress = () => {}, staging, version, local, tools, root } = plan
  const { python, compiler } = tools
  const arch = machineArchitecture()
  const directory = join(staging, 'base')

  if (!local) progress(`downloading epicscorelibs ${version} with pip`)
  const wheel =
    local ?? (await downloadWheel({ version, python, folder: join(staging, 'download'), env }))
  progress(`unpacking ${basename(wheel.path)}`)
  const unpacked = await unpackWheel({ wheel, python, folder: join(staging, 'wheel'), env })
  const record: BaseRecord = {
    ...{
      format: 1,
      version: wheel.version,
      arch,
      wheel: basename(wheel.path),
      source: softIocSource(),
    },
    compiler: compiler.join(' '),
    flags: flagsOfWheel(unpacked.flags, libraryOrder),
  }
  await writing(root, () => layOutBase({ wheel: unpacked.directory, base: directory, arch }))
  progress(`compiling softIocPVA with ${compiler.join(' ')}`)
  await compileSoftIoc({
    ...{ base: directory, arch, compiler, env },
    flags: absoluteFlags(directory, record),
  })
  await writing(root, () => writeBaseRecord(directory, record))
  return { directory, version: wheel.version }
}

function findLocalWheel({ cwd, version }: InstallRequest, from: string): Wheel {
  if (from === '') throw new InstallFailure(unnamed)
  return findWheel({ from: resolve(cwd, from), version, pinned: pinnedBaseVersion })
}

/** A variable of a shell without a value: the working directory would be taken silently. */
const unnamed = diagnostic('BASE_WHEEL_NOT_FOUND', '--from names no wheel, the word is empty', {
  hint: 'name a wheel file or a folder with wheels, or leave out --from',
})

/** A version becomes the name of a directory and a word for pip: nothing else may be in it. */
function checkVersion(version: string): string {
  if (/^\d+(\.\d+)+([a-z]+\d+)?$/.test(version)) return version
  throw new InstallFailure(
    diagnostic('BASE_VERSION_INVALID', `"${version}" is not a version of epicscorelibs`, {
      hint: `e3 base install ${pinnedBaseVersion}`,
    }),
  )
}
