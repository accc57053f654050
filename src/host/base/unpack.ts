import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { diagnostic } from '../../text/diagnostic.ts'
import { templatePath } from '../package-root.ts'
import { pinnedBaseVersion } from './embedded.ts'
import { cannotWriteBecause, InstallFailure } from './failure.ts'
import type { WheelFlags } from './flags.ts'
import { run } from './run.ts'
import type { Wheel } from './wheel.ts'

/** A wheel as files. */
export interface UnpackedWheel {
  /** The folder with `lib`, `include` and `dbd`. */
  readonly directory: string
  readonly flags: WheelFlags
}

interface Unpacking {
  readonly wheel: Wheel
  readonly python: string
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Exit statuses of templates/unpack-wheel.py. */
const writeFailed = 5
const tooOld = 6

/**
 * Unpacks a wheel and asks it for its compile flags.
 * Throws `BASE_WHEEL_INVALID` (damaged, too old, or not what it should be), `BASE_WRITE_FAILED`.
 */
export async function unpackWheel(unpacking: Unpacking): Promise<UnpackedWheel> {
  const { wheel, python, folder, env } = unpacking
  const ended = await run([python, templatePath('unpack-wheel.py'), wheel.path, folder], { env })
  if (ended.exitCode === writeFailed) {
    throw cannotWriteBecause('the unpacked wheel', lastLine(ended.stderr).toLowerCase())
  }
  if (ended.exitCode === tooOld) throw outOfDate(wheel)
  const directory = join(folder, 'epicscorelibs')
  if (ended.exitCode !== 0) throw invalid(wheel, lastLine(ended.stderr))
  for (const name of ['lib', 'include', 'dbd']) {
    if (!isFilled(join(directory, name))) throw invalid(wheel, `it has no folder ${name}`)
  }
  return { directory, flags: JSON.parse(ended.stdout) }
}

/** Before 7.0.7.99.1.0 wheels did not tell how they were compiled. */
function outOfDate({ path }: Wheel): InstallFailure {
  return new InstallFailure(
    diagnostic('BASE_WHEEL_INVALID', `${basename(path)} is too old: it does not tell its flags`, {
      hint: `a later one: e3 base install ${pinnedBaseVersion}`,
    }),
  )
}

function invalid(wheel: Wheel, reason: string): InstallFailure {
  return new InstallFailure(
    diagnostic('BASE_WHEEL_INVALID', `${basename(wheel.path)} cannot be used: ${reason}`, {
      hint: `download it again: python3 -m pip download --no-deps epicscorelibs==${wheel.version}`,
    }),
  )
}

function isFilled(directory: string): boolean {
  try {
    return readdirSync(directory).length > 0
  } catch {
    return false
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'unknown reason'
}
