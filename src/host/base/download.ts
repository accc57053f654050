import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { diagnostic } from '../../text/diagnostic.ts'
import { machineArchitecture } from './architecture.ts'
import { pinnedBaseVersion } from './embedded.ts'
import { cannotWriteBecause, InstallFailure } from './failure.ts'
import { type Ended, run } from './run.ts'
import { comparePackageVersions } from './version.ts'
import { checkPlatform, parseWheelName, type Wheel } from './wheel.ts'

/** What is downloaded, and how. */
export interface Download {
  readonly version: string
  readonly python: string
  /** Made if it does not exist. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Lets pip download the wheel, so that mirrors, proxies and certificates of a site are honoured.
 * Nothing is installed: no virtual environment is needed, none stays behind.
 *
 * Throws `BASE_DOWNLOAD_FAILED`, `BASE_VERSION_INVALID`, `BASE_WRITE_FAILED`, `BASE_WHEEL_PLATFORM`.
 */
export async function downloadWheel({ version, python, folder, env }: Download): Promise<Wheel> {
  mkdirSync(folder, { recursive: true })
  const own = await run(pipDownload([], { version, python, folder }), { env })
  const ended = isForOtherPython(own)
    ? await run(pipDownload(anyPython(), { version, python, folder }), { env })
    : own
  if (ended.exitCode !== 0) throw downloadFailure(version, ended)
  const [wheel] = readdirSync(folder).flatMap((name) => parseWheelName(join(folder, name)) ?? [])
  if (!wheel) throw downloadFailure(version, ended)
  return checkPlatform(wheel)
}

/** An index that does not answer has no distribution either: it is not asked twice. */
function isForOtherPython({ exitCode, stdout, stderr }: Ended): boolean {
  const output = stdout + stderr
  return exitCode !== 0 && /no matching distribution/i.test(output) && !isSilent.test(output)
}

/** What pip says, as a warning only, before it finds no version at all. */
const isSilent = /connection broken|trusted or secure host/i

function pipDownload(
  choice: readonly string[],
  { version, python, folder }: Omit<Download, 'env'>,
): [string, ...string[]] {
  return [
    ...([python, '-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:'] as const),
    ...['--disable-pip-version-check', '--no-input', '--progress-bar', 'off'],
    ...choice,
    ...['--dest', folder, `epicscorelibs==${version}`],
  ]
}

/**
 * There may be no wheel yet (or no longer) for the Python of this machine. That of another one
 * does as well: only its libraries are used.
 */
function anyPython(): string[] {
  const machine = machineArchitecture().replace(/^linux-/, '')
  return [
    ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
    ...['--platform', `manylinux2014_${machine}`],
  ]
}

function downloadFailure(version: string, { stdout, stderr }: Ended): InstallFailure {
  const output = `${stdout}\n${stderr}`
  if (/no space left on device/i.test(output)) {
    return cannotWriteBecause('the download', 'no space left on the device')
  }
  const known = versionsIn(output)
  if (known.length > 0) return noSuchVersion(version, known)
  return new InstallFailure(
    diagnostic('BASE_DOWNLOAD_FAILED', `pip cannot download epicscorelibs ${version}`, {
      notes: reasonsOf(output).map((message) => ({ message })),
      hint: `without a network: e3 base install --from <wheel file or folder>`,
    }),
  )
}

/** The versions that pip lists if the index has answered, without the one that was asked for. */
function versionsIn(output: string): string[] {
  const list = /\(from versions: ([^)]*)\)/.exec(output)?.[1] ?? ''
  return list.split(/,\s*/).filter((version) => /^\d+(\.\d+)+$/.test(version))
}

function noSuchVersion(version: string, known: readonly string[]): InstallFailure {
  const latest = known.toSorted(comparePackageVersions).reverse()
  const near = latest.find((one) => one.startsWith(`${version}.`))
  const usual = latest.includes(pinnedBaseVersion) ? pinnedBaseVersion : latest[0]
  return new InstallFailure(
    diagnostic('BASE_VERSION_INVALID', `there is no epicscorelibs ${version} for this machine`, {
      notes: [{ message: `there are ${latest.slice(0, 5).join(', ')}` }],
      hint: `e3 base install ${near ?? usual}`,
    }),
  )
}

/**
 * The `ERROR:` lines of pip and before them why an index did not answer, else its last words; long
 * lists of versions are cut.
 */
function reasonsOf(output: string): string[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const errors = lines.filter((line) => line.startsWith('ERROR:'))
  const silent = lines.filter((line) => line.startsWith('WARNING:') && isSilent.test(line))
  return (errors.length > 0 ? [...silent.slice(-1), ...errors] : lines.slice(-2))
    .map((line) => `pip: ${line.replace(/^(ERROR|WARNING): /, '')}`)
    .map((line) => (line.length > 300 ? `${line.slice(0, 140)} ... ${line.slice(-140)}` : line))
    .slice(0, 3)
}
