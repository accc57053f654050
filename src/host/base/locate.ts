import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { machineArchitecture } from './architecture.ts'
import { defaultEmbedded, embeddedRoot, isComplete, listEmbedded } from './embedded.ts'
import { type BaseVersion, parseVersionHeader, readBaseVersion } from './version.ts'

/** Where a base was named. */
export type BaseOrigin = 'option' | 'settings' | 'EPICS_BASE' | 'wrapper' | 'conda' | 'embedded'

/** A base that can start an IOC. All paths are absolute. */
export interface BaseInstallation {
  readonly directory: string
  readonly origin: BaseOrigin
  readonly version: BaseVersion
  /** `linux-x86_64`; also the name of the folder in module trees. */
  readonly arch: string
  readonly executable: { readonly name: string; readonly path: string }
  /** Definitions of that executable, `dbd/softIocPVA.dbd`. */
  readonly dbd: string
  readonly libraryDirectory: string
}

/** What is asked for and where to look. */
export interface BaseRequest {
  /** The value of `--base`: a directory, or the version of an embedded base. */
  readonly option?: string | undefined
  /** The same of the settings; counts if there is no option. */
  readonly setting?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** The absolute path in `configure/RELEASE` of an e3 wrapper; counts where it is a directory. */
  readonly release?: string | undefined
  /** Absolute; relative directories start here. */
  readonly cwd: string
}

/** A base if there is one that can be used, and what is to be said about it. */
export interface LocatedBase {
  readonly value: BaseInstallation | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The base that is used: `--base`, settings, `EPICS_BASE`, wrapper, conda prefix, embedded. The first that is named
 * counts: one that cannot be used is an error, never a reason to take another silently.
 *
 * Errors: `BASE_NOT_FOUND`, `BASE_UNUSABLE`, `BASE_ARCH_MISSING`; info: `BASE_WITHOUT_PVA`.
 */
export function locateBase(request: BaseRequest): LocatedBase {
  if (request.option === '') return failed(unnamed)
  const named = nameBase(request)
  if (named?.version !== undefined && !isDirectory(named.directory)) {
    return failed(notInstalled(named, request.env))
  }
  return named
    ? inspectBase(named, request.env)
    : failed(
        diagnostic('BASE_NOT_FOUND', 'there is no EPICS base to start an IOC with', {
          notes: [{ message: 'neither --base, EPICS_BASE nor a conda environment names one' }],
          hint: 'e3 base install',
        }),
      )
}

/** A variable of a shell without a value: the next best base would be taken silently. */
const unnamed = diagnostic('BASE_UNUSABLE', '--base names no base, the word is empty', {
  hint: 'name one, or leave out --base',
})

/** A directory that should be a base, and who says so. */
export interface NamedBase {
  readonly directory: string
  readonly origin: BaseOrigin
  /** The word that named it, if it is that of an embedded base. */
  readonly version?: string
}

function nameBase({ option, setting, env, release, cwd }: BaseRequest): NamedBase | undefined {
  const { EPICS_BASE: fromEnvironment, CONDA_PREFIX: prefix } = env
  if (option) return { ...optionDirectory(option, { env, cwd }), origin: 'option' }
  if (setting) return { ...optionDirectory(setting, { env, cwd }), origin: 'settings' }
  if (fromEnvironment) return { directory: resolve(cwd, fromEnvironment), origin: 'EPICS_BASE' }
  if (release && isDirectory(release)) return { directory: release, origin: 'wrapper' }
  const conda = prefix ? condaBase(prefix) : undefined
  if (conda) return { directory: conda, origin: 'conda' }
  const embedded = defaultEmbedded(env)
  return embedded && { directory: embedded.directory, origin: 'embedded' }
}

/** `--base 7.0.10.99.0.2` is an embedded base, unless a directory of that name is there. */
function optionDirectory(
  option: string,
  { env, cwd }: BaseRequest,
): Pick<NamedBase, 'directory' | 'version'> {
  const directory = resolve(cwd, option)
  const embedded = join(embeddedRoot(env), option)
  const isVersion = /^\d+(\.\w+)+$/.test(option)
  if (!isVersion || isDirectory(directory)) return { directory }
  return isComplete(embedded) || !isDirectory(embedded)
    ? { directory: embedded, version: option }
    : { directory }
}

/** conda-forge puts base into `epics`, e3 into `base`; others spread it over the prefix. */
function condaBase(prefix: string): string | undefined {
  const inFolder = ['epics', 'base'].map((folder) => join(prefix, folder))
  const found = inFolder.find((directory) => isReadable(join(directory, 'configure')))
  if (found) return found
  return executableNames.some((name) => isExecutable(join(prefix, 'bin', name)))
    ? prefix
    : undefined
}

/** Best first: modules and PVs of this product expect QSRV as softIocPVA has it. */
const executableNames = ['softIocPVA', 'softIocPVX', 'softIoc'] as const

/** Looks into the directory of a base. */
export function inspectBase(
  named: NamedBase,
  env: Readonly<Record<string, string | undefined>>,
): LocatedBase {
  const { EPICS_HOST_ARCH: hostArch } = env
  const arch = hostArch || machineArchitecture()
  const found = findExecutable(named.directory, arch)
  if (!found) return failed(whyUnusable(named, arch))
  const version = readBaseVersion(named.directory) ?? versionOfHeader(named.directory)
  if (!version) return failed(withoutVersion(named))
  const base: BaseInstallation = {
    ...{ ...named, version, arch },
    executable: found.executable,
    dbd: join(named.directory, 'dbd', `${found.executable.name}.dbd`),
    libraryDirectory: join(named.directory, 'lib', ...found.level),
  }
  if (!isReadable(base.dbd)) return failed(unusable(named, `it has no ${base.dbd}`))
  return { value: base, diagnostics: found.executable.name === 'softIocPVA' ? [] : [other(base)] }
}

interface FoundExecutable {
  readonly executable: BaseInstallation['executable']
  /** The folder below `bin` and `lib`: the architecture, or nothing in a conda prefix. */
  readonly level: readonly string[]
}

function findExecutable(directory: string, arch: string): FoundExecutable | undefined {
  for (const level of [[arch], []]) {
    for (const name of executableNames) {
      const path = join(directory, 'bin', ...level, name)
      if (isExecutable(path)) return { executable: { name, path }, level }
    }
  }
  return undefined
}

function whyUnusable(named: NamedBase, arch: string): Diagnostic {
  const { directory } = named
  const folders = architecturesIn(join(directory, 'bin'))
  if (folders === undefined) {
    return unusable(named, isReadable(directory) ? 'it has no folder bin' : 'it does not exist')
  }
  if (folders.includes(arch)) return unusable(named, `bin/${arch} holds no softIocPVA`)
  const [first] = folders
  if (first === undefined) return unusable(named, 'bin holds neither softIocPVA nor architectures')
  return diagnostic('BASE_ARCH_MISSING', `the base ${directory} is not built for ${arch}`, {
    notes: [{ message: `built for: ${folders.join(', ')}` }, { message: sayOrigin(named) }],
    hint: isShared(named, folders)
      ? 'another place on this machine: export XDG_DATA_HOME=<folder>; to replace it: e3 base install --force'
      : `if it runs on this machine: export EPICS_HOST_ARCH=${first}`,
  })
}

/** An embedded base that another machine has made in the same home directory. */
function isShared({ origin }: NamedBase, architectures: readonly string[]): boolean {
  return origin === 'embedded' && !architectures.includes(machineArchitecture())
}

function notInstalled(
  named: NamedBase,
  env: Readonly<Record<string, string | undefined>>,
): Diagnostic {
  const installed = listEmbedded(env).map(({ version }) => version)
  const list = installed.length > 0 ? installed.join(', ') : 'none'
  return diagnostic('BASE_UNUSABLE', `the embedded base ${named.version} is not installed`, {
    notes: [
      { message: sayOrigin(named) },
      { message: `installed in ${embeddedRoot(env)}: ${list}` },
    ],
    hint: `e3 base install ${named.version}`,
  })
}

function withoutVersion(named: NamedBase): Diagnostic {
  return unusable(named, 'configure/CONFIG_BASE_VERSION is missing or does not tell the version')
}

/** `BASE_UNUSABLE`, with a remedy that helps where the base was named. */
export function unusable(named: NamedBase, reason: string): Diagnostic {
  return diagnostic('BASE_UNUSABLE', `${named.directory} is not a usable EPICS base: ${reason}`, {
    notes: [{ message: sayOrigin(named) }],
    hint: remedyFor(named),
  })
}

/** As long as a base is named, making the embedded one changes nothing. */
function remedyFor({ origin, directory, version }: NamedBase): string {
  if (origin === 'embedded') return `e3 base install ${basename(directory)}`
  if (version !== undefined) return `e3 base install ${version}`
  return remedies[origin]
}

const remedies: Readonly<Record<Exclude<BaseOrigin, 'embedded'>, string>> = {
  option: 'name another one, or leave out --base',
  settings: 'correct it, or name another one with --base',
  EPICS_BASE: 'correct it, or for the embedded base: unset EPICS_BASE && e3 base install',
  wrapper: 'name another one with --base or EPICS_BASE',
  conda: 'name another one with --base or EPICS_BASE',
}

function other({ executable, directory }: BaseInstallation): Diagnostic {
  const lacks = executable.name === 'softIoc' ? ': records are served over CA only' : ''
  return diagnostic(
    'BASE_WITHOUT_PVA',
    `the base ${directory} has no softIocPVA, ${executable.name} is used${lacks}`,
  )
}

const originSentences: Readonly<Record<BaseOrigin, string>> = {
  option: 'named by --base',
  settings: 'named by base in e3.yaml',
  EPICS_BASE: 'named by the environment variable EPICS_BASE',
  wrapper: 'named by configure/RELEASE of the wrapper',
  conda: 'named by the environment variable CONDA_PREFIX',
  embedded: 'the embedded base, made by e3 base install',
}

/** Who named a base. */
export function sayOrigin({ origin }: Pick<NamedBase, 'origin'>): string {
  return originSentences[origin]
}

function versionOfHeader(directory: string): BaseVersion | undefined {
  try {
    return parseVersionHeader(readFileSync(join(directory, 'include', 'epicsVersion.h'), 'utf8'))
  } catch {
    return undefined
  }
}

function failed(reason: Diagnostic): LocatedBase {
  return { value: undefined, diagnostics: [reason] }
}

function isExecutable(path: string): boolean {
  return isAccessible(path, constants.X_OK)
}

function isReadable(path: string): boolean {
  return isAccessible(path, constants.R_OK)
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}

/** Names such as `linux-x86_64` of folders. */
function architecturesIn(directory: string): string[] | undefined {
  try {
    return readdirSync(directory)
      .filter((name) => /^[a-z]\w*-\w/.test(name) && isDirectory(join(directory, name)))
      .sort()
  } catch {
    return undefined
  }
}
