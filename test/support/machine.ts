import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { defaultEmbedded } from '../../src/host/base/embedded.ts'

const repository = join(import.meta.dirname, '../..')

/** The module tree that `npm run setup` makes of examples/modules. */
export const exampleModules: string =
  process.env['E3_TEST_MODULES'] ?? join(repository, 'build/modules')

/**
 * Folder of the EPICS base for tests with a real IOC, or undefined if there is none. With
 * `E3_TEST_REQUIRE_IOC=1`, as `npm test` sets it, that is an error: nothing is skipped silently.
 */
export function testBase(): string | undefined {
  const { E3_TEST_BASE, EPICS_BASE, E3_TEST_REQUIRE_IOC } = process.env
  const base = E3_TEST_BASE || EPICS_BASE || defaultEmbedded(process.env)?.directory
  if (!base && E3_TEST_REQUIRE_IOC === '1') {
    throw new Error('no EPICS base for the tests: npm run setup')
  }
  return base
}

/** Whether PATH has a program, for tests that need one: `test.skipIf(!hasProgram('gdb'))`. */
export function hasProgram(name: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)))
}

/** Environment for Python clients (p4p, caproto) and `run-iocsh`, which `npm test` installs. */
export function pythonEnvironment(): { readonly PYTHONPATH: string; readonly PATH: string } {
  const folder = join(repository, 'build/python')
  return {
    PYTHONPATH: folder,
    PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
  }
}
