import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { BaseInstallation } from '../../base/locate.ts'

/**
 * A folder of links that looks like a base. Rules of makefiles may put programs into its `bin`, as
 * some do; the base itself is only read.
 */
export function mirrorBase({ directory, arch }: BaseInstallation, mirror: string): void {
  if (existsSync(mirror) && target(join(mirror, 'lib')) === join(directory, 'lib')) return
  rmSync(mirror, { recursive: true, force: true })
  const bin = join(mirror, 'bin', arch)
  mkdirSync(bin, { recursive: true })
  for (const name of readdirSync(directory)) {
    if (name !== 'bin') symlinkSync(join(directory, name), join(mirror, name))
  }
  const programs = join(directory, 'bin', arch)
  for (const name of existsSync(programs) ? readdirSync(programs) : []) {
    symlinkSync(join(programs, name), join(bin, name))
  }
}

function target(link: string): string | undefined {
  try {
    return readlinkSync(link)
  } catch {
    return undefined
  }
}
