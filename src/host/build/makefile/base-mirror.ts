import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { BaseInstallation } from '../../base/locate.ts'

/**
 * A folder of links that looks like a base. Rules of makefiles may put programs into its `bin`, as
 * some do; the base itself is only read.
 *
 * @param architectures - those whose programs may be there: of this machine, and what is built for
 */
export function mirrorBase(
  { directory }: BaseInstallation,
  mirror: string,
  architectures: readonly string[],
): void {
  const isWhole = architectures.every((arch) => existsSync(join(mirror, 'bin', arch)))
  if (isWhole && target(join(mirror, 'lib')) === join(directory, 'lib')) return
  rmSync(mirror, { recursive: true, force: true })
  mkdirSync(mirror, { recursive: true })
  for (const name of readdirSync(directory)) {
    if (name !== 'bin') symlinkSync(join(directory, name), join(mirror, name))
  }
  for (const arch of new Set(architectures)) {
    const programs = join(directory, 'bin', arch)
    const bin = join(mirror, 'bin', arch)
    mkdirSync(bin, { recursive: true })
    for (const name of existsSync(programs) ? readdirSync(programs) : []) {
      symlinkSync(join(programs, name), join(bin, name))
    }
  }
}

function target(link: string): string | undefined {
  try {
    return readlinkSync(link)
  } catch {
    return undefined
  }
}
