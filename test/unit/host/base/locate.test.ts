import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pinnedBaseVersion, recordFile } from '../../../../src/host/base/embedded.ts'
import { type LocatedBase, locateBase } from '../../../../src/host/base/locate.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'locate-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const arch = 'linux-x86_64'
const versionText = 'EPICS_VERSION = 7\nEPICS_REVISION = 0\nEPICS_MODIFICATION = 8\n'

interface Parts {
  readonly name?: string
  readonly executable?: string
  readonly level?: string
  readonly version?: string
  readonly without?: string
}

/** A directory with the parts of a base that are looked at; returns its path. */
function makeBase({ name = 'base', executable = 'softIocPVA', ...parts }: Parts = {}): string {
  const { level = arch, version = versionText, without } = parts
  const directory = join(root, name)
  const files: Record<string, string> = {
    [join('bin', level, executable)]: '#!/bin/sh\n',
    [`dbd/${executable}.dbd`]: '',
    'configure/CONFIG_BASE_VERSION': version,
  }
  for (const [path, text] of Object.entries(files)) {
    if (path === without) continue
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
    if (path.startsWith('bin')) chmodSync(join(directory, path), 0o755)
  }
  return directory
}

function locate(env: Record<string, string>, option?: string): LocatedBase {
  const nowhere = { XDG_DATA_HOME: join(root, 'data'), EPICS_HOST_ARCH: arch }
  return locateBase({ option, env: { ...nowhere, ...env }, cwd: root })
}

const codesOf = ({ diagnostics }: LocatedBase): string[] => diagnostics.map(({ code }) => code)

test('all that a start needs is found', () => {
  const directory = makeBase()
  expect(locate({ EPICS_BASE: directory })).toEqual({
    value: {
      directory,
      origin: 'EPICS_BASE',
      version: { text: '7.0.8', parts: [7, 0, 8, 0], snapshot: '', site: '' },
      arch,
      executable: { name: 'softIocPVA', path: join(directory, 'bin', arch, 'softIocPVA') },
      dbd: join(directory, 'dbd/softIocPVA.dbd'),
      libraryDirectory: join(directory, 'lib', arch),
    },
    diagnostics: [],
  })
})

test.each([
  [[], 'none'],
  [['7.0.8', '7.0.10'], '7.0.10, 7.0.8'],
])('a version that is not installed, with %j', (installed, list) => {
  for (const version of installed) {
    const directory = makeBase({ name: `data/e3/base/${version}` })
    writeFileSync(join(directory, recordFile), '{}')
  }
  const { value, diagnostics } = locate({}, '7.0.9.9')
  expect(value).toBeUndefined()
  expect(diagnostics).toMatchObject([
    {
      code: 'BASE_UNUSABLE',
      message: 'the embedded base 7.0.9.9 is not installed',
      notes: [
        { message: 'named by --base' },
        { message: `installed in ${join(root, 'data/e3/base')}: ${list}` },
      ],
      hint: 'e3 base install 7.0.9.9',
    },
  ])
})

test('an empty --base is an error, and no other base is taken', () => {
  const env = { EPICS_BASE: makeBase() }
  expect(codesOf(locate(env, ''))).toEqual(['BASE_UNUSABLE'])
  expect(codesOf(locate(env))).toEqual([])
})

test('--base comes before EPICS_BASE, conda and the embedded base', () => {
  for (const name of ['a', 'b', 'conda/epics', `data/e3/base/${pinnedBaseVersion}`]) {
    makeBase({ name })
  }
  const embedded = join(root, 'data/e3/base', pinnedBaseVersion)
  writeFileSync(join(embedded, recordFile), '{}')
  const env = { EPICS_BASE: 'b', CONDA_PREFIX: join(root, 'conda') }
  const found = ({ value }: LocatedBase): string[] => [value?.origin ?? '', value?.directory ?? '']
  expect(found(locate(env, 'a'))).toEqual(['option', join(root, 'a')])
  expect(found(locate(env))).toEqual(['EPICS_BASE', join(root, 'b')])
  expect(found(locate({ ...env, EPICS_BASE: '' }))).toEqual(['conda', join(root, 'conda/epics')])
  expect(found(locate({}))).toEqual(['embedded', embedded])
  expect(found(locate(env, pinnedBaseVersion))).toEqual(['option', embedded])
  const request = { env, cwd: root, setting: 'a' }
  expect(found(locateBase(request))).toEqual(['settings', join(root, 'a')])
  expect(found(locateBase({ ...request, option: 'b' }))).toEqual(['option', join(root, 'b')])
})

test('a conda prefix may be the base itself', () => {
  const directory = makeBase({ name: 'conda', level: '', executable: 'softIocPVX' })
  const { value } = locate({ CONDA_PREFIX: directory })
  expect(value?.executable.path).toBe(join(directory, 'bin/softIocPVX'))
  expect(value?.libraryDirectory).toBe(join(directory, 'lib'))
})

test.each(['softIoc', 'softIocPVX'])('%s is taken where there is no softIocPVA', (executable) => {
  const found = locate({ EPICS_BASE: makeBase({ executable }) })
  expect(codesOf(found)).toEqual(['BASE_WITHOUT_PVA'])
  expect(found.diagnostics[0]?.severity).toBe('info')
  expect(found.value?.dbd).toMatch(`/dbd/${executable}.dbd`)
})

test('no base at all', () => {
  const { value, diagnostics } = locate({})
  expect(value).toBeUndefined()
  expect(diagnostics[0]).toMatchObject({ code: 'BASE_NOT_FOUND', hint: 'e3 base install' })
})

test('a conda environment without base does not count', () => {
  expect(codesOf(locate({ CONDA_PREFIX: root }))).toEqual(['BASE_NOT_FOUND'])
})

test.each([
  ['a directory that is not there', undefined, 'it does not exist'],
  ['no dbd', { without: 'dbd/softIocPVA.dbd' }, 'softIocPVA.dbd'],
  ['no executable', { executable: 'caget' }, 'holds no softIocPVA'],
  ['no version', { without: 'configure/CONFIG_BASE_VERSION' }, 'CONFIG_BASE_VERSION'],
  ['a broken version', { version: 'EPICS_VERSION = $(X)\n' }, 'CONFIG_BASE_VERSION'],
])('a base that cannot be used: %s', (_, parts, reason) => {
  const directory = parts ? makeBase(parts) : join(root, 'gone')
  const { value, diagnostics } = locate({ EPICS_BASE: directory })
  expect(value).toBeUndefined()
  expect(diagnostics[0]?.code).toBe('BASE_UNUSABLE')
  expect(diagnostics[0]?.message).toContain(reason)
  expect(diagnostics[0]?.notes[0]?.message).toContain('EPICS_BASE')
})

test('a base that cannot be used is not replaced by the embedded one', () => {
  makeBase({ name: `data/e3/base/${pinnedBaseVersion}` })
  expect(codesOf(locate({ EPICS_BASE: 'gone' }))).toEqual(['BASE_UNUSABLE'])
})

test.each([
  ['EPICS_BASE', (gone: string) => locate({ EPICS_BASE: gone }), 'unset EPICS_BASE && e3 base'],
  ['--base', (gone: string) => locate({}, gone), 'or leave out --base'],
])('the remedy fits where it was named: %s', (_, found, hint) => {
  expect(found('gone').diagnostics[0]?.hint).toContain(hint)
})

test('an embedded base that is damaged is made again, however it was named', () => {
  const version = '7.0.7.99.0.1'
  const directory = makeBase({ name: `data/e3/base/${version}`, without: 'dbd/softIocPVA.dbd' })
  writeFileSync(join(directory, recordFile), '{}')
  for (const option of [undefined, version]) {
    expect(locate({}, option).diagnostics[0]?.hint).toBe(`e3 base install ${version}`)
  }
})

test('a base for other machines says which', () => {
  const directory = makeBase({ level: 'linux-arm' })
  const { diagnostics } = locate({ EPICS_BASE: directory })
  expect(diagnostics[0]).toMatchObject({
    code: 'BASE_ARCH_MISSING',
    hint: 'if it runs on this machine: export EPICS_HOST_ARCH=linux-arm',
  })
  expect(locate({ EPICS_BASE: directory, EPICS_HOST_ARCH: 'linux-arm' }).value?.arch).toBe(
    'linux-arm',
  )
})

test('the base that a wrapper names counts where it is there, behind all others that are named', () => {
  const release = makeBase({ name: 'released' })
  const other = makeBase({ name: 'other' })
  const locate = (request: object, env: Record<string, string> = {}): string | undefined =>
    locateBase({ env: { EPICS_HOST_ARCH: arch, ...env }, cwd: root, release, ...request }).value
      ?.directory
  expect(locate({})).toBe(release)
  expect(locate({}, { EPICS_BASE: other })).toBe(other)
  expect(locate({ option: other })).toBe(other)
  expect(locate({ setting: other })).toBe(other)
  expect(locate({ release: join(root, 'no') }, { XDG_DATA_HOME: root })).toBeUndefined()
})
