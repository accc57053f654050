import { readdirSync } from 'node:fs'
import type { BaseInstallation } from '../../host/base/locate.ts'
import type { RunningBase } from '../../modules/check/input.ts'

/** A base as the check of libraries wants it. */
export function runningBase(base: BaseInstallation): RunningBase {
  return {
    ...{ arch: base.arch, libraryDirectory: base.libraryDirectory },
    libraries: readdirSync(base.libraryDirectory),
    executable: base.executable.path,
    dbdDirectory: `${base.directory}/dbd`,
    dbd: base.dbd,
  }
}
