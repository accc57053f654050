import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createLibraryFiles } from '../../src/host/library-files.ts'
import type { CheckedModule, RunningBase } from '../../src/modules/check/input.ts'
import { checkLibraries, type LibraryCheck } from '../../src/modules/check/library-check.ts'
import { parseVersion } from '../../src/version/version.ts'
import { buildModule, type ModuleSpec } from '../support/build-module.ts'
import { testBase } from '../support/machine.ts'

const directory = testBase()
const root = mkdtempSync(join(tmpdir(), 'library-check-'))

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe.skipIf(!directory)('modules compiled for a real base', () => {
  const base = directory ?? ''

  test('a good one is loaded with its generated command', async () => {
    const module = await build({ root, name: 'good', version: '1.0.0+0', base })
    const { registrations, diagnostics } = check([module])
    expect(diagnostics).toEqual([])
    expect(registrations.get('good')).toBe('function')
  })

  test('one without this command is registered by name', async () => {
    const spec = { root, name: 'plain', version: '1.0.0+0', base, registration: false }
    const { registrations, diagnostics } = check([await build(spec)])
    expect(diagnostics).toEqual([])
    expect(registrations.get('plain')).toBe('all')
  })

  test('one whose folder was renamed', async () => {
    const spec = { root, name: 'renamed', version: '2.0.0+0', base, builtAs: '1.0.0+0' }
    const { diagnostics } = check([await build(spec)])
    expect(diagnostics.map(({ code }) => code)).toEqual(['LIBRARY_RELEASE_MISMATCH'])
  })

  test('one whose dbd names what base has, and what nobody has', async () => {
    const dbd = 'device(ai, CONSTANT, devAiSoft, "again")\nregistrar(nobodysRegistrar)\n'
    const spec = { root, name: 'wrong', version: '1.0.0', base, dbd, registration: false }
    const { diagnostics } = check([await build(spec)])
    expect(diagnostics).toMatchObject([
      {
        code: 'DBD_SYMBOL_MISSING',
        message: 'registrar nobodysRegistrar is not in the library of wrong 1.0.0',
      },
    ])
  })
})

async function build(spec: ModuleSpec): Promise<CheckedModule> {
  const { directory: folder, library } = await buildModule(spec)
  const { name, version } = spec
  return {
    name,
    version: parseVersion(version),
    ...(library && { library }),
    dbd: join(folder, 'dbd', `${name}.dbd`),
    requestedBy: [],
  }
}

function check(modules: readonly CheckedModule[]): LibraryCheck {
  const files = createLibraryFiles((path) => readFileSync(path, 'utf8'))
  return checkLibraries({ base: runningBase(directory ?? ''), modules }, files)
}

function runningBase(folder: string): RunningBase {
  const [arch = ''] = readdirSync(join(folder, 'lib'))
  const libraryDirectory = join(folder, 'lib', arch)
  return {
    arch,
    libraryDirectory,
    libraries: readdirSync(libraryDirectory),
    executable: join(folder, 'bin', arch, 'softIocPVA'),
    dbdDirectory: join(folder, 'dbd'),
  }
}
