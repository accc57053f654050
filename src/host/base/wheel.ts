import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { diagnostic } from '../../text/diagnostic.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import { reasonOf } from '../errors.ts'
import { machineArchitecture } from './architecture.ts'
import { InstallFailure } from './failure.ts'
import { comparePackageVersions } from './version.ts'

/** A wheel of the Python package that holds the libraries of base, as its file name tells. */
export interface Wheel {
  readonly path: string
  readonly version: string
  /** Platform tag, `manylinux2014_x86_64`. */
  readonly platform: string
}

/** Reads the file name (PEP 427); undefined if it is no wheel of `epicscorelibs`. */
export function parseWheelName(path: string): Wheel | undefined {
  const match = /^epicscorelibs-([^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-([^-]+)\.whl$/.exec(basename(path))
  if (!match) return undefined
  return { path, version: match[1] ?? '', platform: match[2] ?? '' }
}

/** Where a wheel is looked for, and which. */
export interface WheelRequest {
  /** A wheel file, or a folder with wheels. */
  readonly from: string
  /** Undefined: the version of the file, or the only one in the folder. */
  readonly version: string | undefined
  /** Preferred where a folder has several and no version is asked. */
  readonly pinned: string
}

/**
 * Finds the wheel for this machine. The Python version in its name does not matter: only its
 * libraries, headers and definitions are used.
 *
 * Throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `BASE_WHEEL_NOT_FOUND`, `BASE_WHEEL_INVALID`,
 * `BASE_WHEEL_PLATFORM`.
 */
export function findWheel(request: WheelRequest): Wheel {
  const { from } = request
  if (!existsSync(from)) {
    throw new InstallFailure(diagnostic('FILE_NOT_FOUND', `${from} does not exist`))
  }
  const wheel = reading(from, () => statSync(from).isDirectory())
    ? wheelInFolder(request)
    : wheelAt(request)
  reading(wheel.path, () => accessSync(wheel.path, constants.R_OK))
  return wheel
}

/** Runs a step that reads and gives its system errors a name. */
function reading<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw new InstallFailure(
      diagnostic('FILE_UNREADABLE', `cannot read ${path}: ${reasonOf(error)}`, {
        hint: `look at it: ls -ld ${quoteShellWord(path)}`,
      }),
    )
  }
}

function wheelAt(request: WheelRequest): Wheel {
  const { from, version } = request
  const wheel = parseWheelName(from)
  if (!wheel) {
    throw new InstallFailure(
      diagnostic('BASE_WHEEL_INVALID', `${from} is not a wheel of epicscorelibs`, {
        notes: [{ message: 'its name should be epicscorelibs-<version>-...-<platform>.whl' }],
        hint: downloadHint(version ?? request.pinned),
      }),
    )
  }
  if (version !== undefined && wheel.version !== version) throw notThere(request, [wheel])
  return checkPlatform(wheel)
}

/** Throws `BASE_WHEEL_PLATFORM` if the libraries of a wheel cannot run on this machine. */
export function checkPlatform(wheel: Wheel): Wheel {
  if (fits(wheel)) return wheel
  throw wrongPlatform(wheel)
}

function wheelInFolder(request: WheelRequest): Wheel {
  const { from, pinned } = request
  const names = reading(from, () => readdirSync(from))
  const wheels = names.flatMap((name) => parseWheelName(join(from, name)) ?? [])
  const usable = wheels.filter(fits)
  const versions = new Set(usable.map(({ version }) => version))
  const only = versions.size === 1 ? [...versions][0] : undefined
  const version = request.version ?? (versions.has(pinned) ? pinned : only)
  const found = usable.find((wheel) => wheel.version === version)
  if (found) return found
  const other = wheels.find((wheel) => !fits(wheel) && wheel.version === (version ?? pinned))
  if (other) throw wrongPlatform(other)
  throw request.version === undefined && versions.size > 1
    ? ambiguous(from, [...versions])
    : notThere(request, wheels)
}

function ambiguous(from: string, versions: readonly string[]): InstallFailure {
  const [newest = '', ...others] = versions.toSorted(comparePackageVersions).reverse()
  return new InstallFailure(
    diagnostic('BASE_WHEEL_NOT_FOUND', `${from} holds several versions of epicscorelibs`, {
      notes: [{ message: `there are ${[newest, ...others].join(', ')}` }],
      hint: `name one: e3 base install ${newest} --from ${quoteShellWord(from)}`,
    }),
  )
}

function wrongPlatform({ path, platform, version }: Wheel): InstallFailure {
  const message = `${basename(path)} is for ${platform}, this machine is ${machineArchitecture()}`
  return new InstallFailure(
    diagnostic('BASE_WHEEL_PLATFORM', message, { hint: downloadHint(version) }),
  )
}

/** `manylinux_2_17_x86_64.manylinux2014_x86_64`; musl and glibc libraries exclude each other. */
function fits({ platform }: Wheel): boolean {
  const machine = machineArchitecture().replace(/^linux-/, '')
  return platform.split('.').some((tag) => /^(many)?linux/.test(tag) && tag.endsWith(`_${machine}`))
}

function notThere(
  { from, version, pinned }: WheelRequest,
  wheels: readonly Wheel[],
): InstallFailure {
  const wanted = version === undefined ? 'a wheel of epicscorelibs' : `epicscorelibs ${version}`
  const seen = wheels.map(({ path }) => ({ message: `there is ${basename(path)}` }))
  return new InstallFailure(
    diagnostic('BASE_WHEEL_NOT_FOUND', `${from} does not hold ${wanted} for this machine`, {
      notes: seen.slice(0, 5),
      hint: downloadHint(version ?? pinned),
    }),
  )
}

function downloadHint(version: string): string {
  return `on a machine with a network: python3 -m pip download --no-deps epicscorelibs==${version}`
}
