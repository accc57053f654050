import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { machineArchitecture } from '../../../../src/host/base/architecture.ts'
import { InstallFailure } from '../../../../src/host/base/failure.ts'
import { findWheel, parseWheelName } from '../../../../src/host/base/wheel.ts'
import type { Diagnostic } from '../../../../src/text/diagnostic.ts'

const folder = mkdtempSync(join(tmpdir(), 'wheels-'))
afterAll(() => rmSync(folder, { recursive: true }))

const machine = machineArchitecture().replace('linux-', '')
const pinned = '7.0.10.99.0.2'

function folderWith(...names: string[]): string {
  const directory = mkdtempSync(join(folder, 'w-'))
  for (const name of names) writeFileSync(join(directory, name), '')
  return directory
}

function wheelName(version: string, platform = `manylinux2014_${machine}`): string {
  return `epicscorelibs-${version}-cp311-cp311-${platform}.whl`
}

test.each([
  [`/x/${wheelName(pinned, 'manylinux2014_x86_64')}`, pinned, 'manylinux2014_x86_64'],
  ['epicscorelibs-1.0-1-cp39-cp39-linux_x86_64.whl', '1.0', 'linux_x86_64'],
])('the name of a wheel: %s', (path, version, platform) => {
  expect(parseWheelName(path)).toEqual({ path, version, platform })
})

test.each(['epicscorelibs-7.0.tar.gz', 'pvxslibs-1.5.3-cp311-cp311-linux_x86_64.whl', 'x.whl'])(
  'not the name of such a wheel: %s',
  (path) => {
    expect(parseWheelName(path)).toBeUndefined()
  },
)

test('a folder gives the pinned version, the version asked for, or the only one', () => {
  const two = folderWith(wheelName(pinned), wheelName('7.0.7.99.1.2'))
  const one = folderWith(wheelName('7.0.7.99.1.2'), 'README')
  const versionOf = (from: string, version?: string): string =>
    findWheel({ from, version, pinned }).version
  expect(versionOf(two)).toBe(pinned)
  expect(versionOf(two, '7.0.7.99.1.2')).toBe('7.0.7.99.1.2')
  expect(versionOf(one)).toBe('7.0.7.99.1.2')
})

test.each([
  ['nothing there', () => join(folder, 'none'), undefined, 'FILE_NOT_FOUND'],
  ['an empty folder', () => folderWith(), undefined, 'BASE_WHEEL_NOT_FOUND'],
  [
    'two other versions',
    () => folderWith(wheelName('1.0'), wheelName('2.0')),
    undefined,
    'BASE_WHEEL_NOT_FOUND',
  ],
  [
    'another version in the folder',
    () => folderWith(wheelName(pinned)),
    '1.0',
    'BASE_WHEEL_NOT_FOUND',
  ],
  [
    'another version in the file',
    () => join(folderWith(wheelName('2.0')), wheelName('2.0')),
    '1.0',
    'BASE_WHEEL_NOT_FOUND',
  ],
  [
    'a file of another kind',
    () => join(folderWith('x.zip'), 'x.zip'),
    undefined,
    'BASE_WHEEL_INVALID',
  ],
  ['Windows', () => folderWith(wheelName(pinned, 'win_amd64')), undefined, 'BASE_WHEEL_PLATFORM'],
  [
    'musl',
    () => folderWith(wheelName(pinned, `musllinux_1_2_${machine}`)),
    undefined,
    'BASE_WHEEL_PLATFORM',
  ],
  [
    'another processor',
    () => folderWith(wheelName(pinned, 'manylinux2014_sparc')),
    undefined,
    'BASE_WHEEL_PLATFORM',
  ],
] as const)('no wheel: %s', (_, from, version, code) => {
  expect(codeOf(() => findWheel({ from: from(), version, pinned }))).toBe(code)
})

test('several versions, none of them asked for: the newest is offered', () => {
  const from = folderWith(wheelName('7.0.7.99.1.2'), wheelName('7.0.10.99.0.1'))
  expect(reasonOf(() => findWheel({ from, version: undefined, pinned }))).toMatchObject({
    code: 'BASE_WHEEL_NOT_FOUND',
    message: `${from} holds several versions of epicscorelibs`,
    hint: `name one: e3 base install 7.0.10.99.0.1 --from ${from}`,
  })
})

function codeOf(step: () => unknown): string | undefined {
  return reasonOf(step)?.code
}

function reasonOf(step: () => unknown): Diagnostic | undefined {
  try {
    step()
    return undefined
  } catch (error) {
    if (error instanceof InstallFailure) return error.diagnostic
    throw error
  }
}
