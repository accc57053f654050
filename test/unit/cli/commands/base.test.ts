import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  installCommand,
  listCommand,
  pathCommand,
  removeCommand,
} from '../../../../src/cli/commands/base.ts'
import { recordFile } from '../../../../src/host/base/embedded.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'base-command-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function surroundings(env: Record<string, string> = {}) {
  const ownEnv = { XDG_DATA_HOME: join(root, 'data'), EPICS_HOST_ARCH: 'linux-x86_64', ...env }
  return { env: ownEnv, cwd: root, progress: () => {} }
}

function addBase(directory: string): string {
  const files: Record<string, string> = {
    'bin/linux-x86_64/softIocPVA': '#!/bin/sh\n',
    'dbd/softIocPVA.dbd': '',
    'configure/CONFIG_BASE_VERSION': 'EPICS_VERSION = 7\nEPICS_REVISION = 0\n',
    [recordFile]: '{}',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  chmodSync(join(directory, 'bin/linux-x86_64/softIocPVA'), 0o755)
  return directory
}

const embedded = (version: string): string => addBase(join(root, 'data/e3/base', version))

test('path prints one directory', () => {
  const directory = embedded('7.0.1.99.0.1')
  expect(pathCommand(surroundings())).toEqual({ output: directory, diagnostics: [] })
})

test('path without a base prints nothing and gives 3', () => {
  const { output, exitCode } = pathCommand(surroundings())
  expect([output, exitCode]).toEqual([undefined, 3])
})

test('list marks the base that is used', () => {
  embedded('7.0.9.99.0.1')
  embedded('7.0.10.99.0.1')
  const { output } = listCommand(surroundings())
  const rows = output?.split('\n').map((line) => line.split(/\s+/).slice(0, 3).join(' '))
  expect(rows).toEqual([' version base', '* 7.0.10.99.0.1 7.0.0', ' 7.0.9.99.0.1 7.0.0'])
})

test('list shows a base of the environment first', () => {
  embedded('7.0.9.99.0.1')
  const { output } = listCommand(surroundings({ EPICS_BASE: addBase(join(root, 'own')) }))
  expect(output).toMatch(/^\* +EPICS_BASE +7\.0\.0 +linux-x86_64 +.*\/own$/m)
  expect(output).toMatch(/^ +7\.0\.9\.99\.0\.1 /m)
})

test('list without a base says how to get one', () => {
  expect(listCommand(surroundings()).output).toBe('no base: e3 base install makes one')
})

test.each([
  ['a directory that is gone', { EPICS_BASE: '/gone' }, 'BASE_UNUSABLE'],
  ['another architecture', { EPICS_HOST_ARCH: 'linux-arm' }, 'BASE_ARCH_MISSING'],
])('list says why none is marked: %s', (_, env, code) => {
  embedded('7.0.9.99.0.1')
  const { output, diagnostics, exitCode } = listCommand(surroundings(env))
  expect(output).toMatch(/^ +7\.0\.9\.99\.0\.1 /m)
  expect(output).not.toContain('*')
  expect(diagnostics.map((found) => found.code)).toEqual([code])
  expect(exitCode).toBe(3)
})

test('list prints no table without a row', () => {
  expect(listCommand(surroundings({ EPICS_BASE: '/gone' }))).toMatchObject({
    diagnostics: [{ code: 'BASE_UNUSABLE' }],
    exitCode: 3,
  })
  expect(listCommand(surroundings({ EPICS_BASE: '/gone' }))).not.toHaveProperty('output')
})

test('remove tells what it removed, or what there is', () => {
  const directory = embedded('7.0.9.99.0.1')
  expect(removeCommand({ version: '7.0.9.99.0.1' }, surroundings()).output).toBe(
    `removed ${directory}`,
  )
  const again = removeCommand({ version: '7.0.9.99.0.1' }, surroundings())
  expect(again.diagnostics[0]?.code).toBe('BASE_NOT_FOUND')
  expect(again.exitCode).toBe(1)
})

test.each([
  ['a mistake in the arguments', { version: 'x' }, 1],
  ['a file that is not there', { from: 'nowhere.whl' }, 1],
  ['no Python', {}, 3],
])('install: exit code of %s', async (_, options, code) => {
  const { exitCode } = await installCommand(options, surroundings({ PATH: '/nowhere' }))
  expect(exitCode).toBe(code)
})
