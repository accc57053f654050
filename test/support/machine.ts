import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { defaultEmbedded, isComplete, pinnedBaseVersion } from '../../src/host/base/embedded.ts'
import { installBase } from '../../src/host/base/install.ts'
import { readBaseVersion } from '../../src/host/base/version.ts'
import { type ShellFeatures, shellFeatures } from '../../src/startup/base-features.ts'

/** Folder of the repository. */
export const repository: string = join(import.meta.dirname, '../..')

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

/**
 * Whether the IOC of `testBase` is that of templates/soft-ioc.cpp: it ends with 128 + signal, and what
 * it prints comes line by line. That of a base which a site has compiled is base's own.
 */
export function isOwnIoc(): boolean {
  return isComplete(testBase() ?? '')
}

/** What the language of the shell is in `testBase`. */
export function testShellFeatures(): ShellFeatures {
  const version = readBaseVersion(testBase() ?? '') ?? { parts: [0] }
  return shellFeatures({ version })
}

/**
 * Folder of the embedded base, made again if its executable is of another state of the sources;
 * undefined, or an error with `E3_TEST_REQUIRE_IOC=1`, where it cannot be made.
 */
export async function embeddedTestBase(): Promise<string | undefined> {
  const { base, diagnostics } = await installBase({ env: process.env, cwd: repository })
  if (!base && process.env['E3_TEST_REQUIRE_IOC'] === '1') {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  }
  return base?.directory
}

/** Downloads the wheel of the embedded base into a folder; undefined as `embeddedTestBase`. */
export function testWheels(folder: string): string | undefined {
  const pip = ['-m', 'pip', 'download', '-q', '--no-deps', '--only-binary', ':all:', '-d', folder]
  const { status, stderr } = spawnSync('python3', [...pip, `epicscorelibs==${pinnedBaseVersion}`])
  if (status !== 0 && process.env['E3_TEST_REQUIRE_IOC'] === '1') throw new Error(String(stderr))
  return status === 0 ? folder : undefined
}

/** Whether PATH has a program, for tests that need one: `test.skipIf(!hasProgram('gdb'))`. */
export function hasProgram(name: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)))
}

/** In front of a command: root may read and write everywhere, unless it gives this up. */
export const asAnyUser: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : []

/** Environment for Python clients (p4p, caproto) and `run-iocsh`, which `npm test` installs. */
export function pythonEnvironment(): { readonly PYTHONPATH: string; readonly PATH: string } {
  const folder = join(repository, 'build/python')
  return {
    PYTHONPATH: folder,
    PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
  }
}
