import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { installStage } from '../../../../src/host/tree/install-stage.ts'
import type { StagedModule } from '../../../../src/modules/stage/staged-module.ts'
import { writeMeta } from '../../../support/built-module.ts'
import { pathsBelow, type StageSpec, writeFiles, writeStage } from '../../../support/stage.ts'

let [work, root] = ['', '']
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'e3-install-'))
  root = join(work, 'tree')
  mkdirSync(root)
})
afterEach(() => rmSync(work, { recursive: true, force: true }))

const install = (staged: StagedModule, env = process.env) => installStage({ staged, root, env })
const stage = (spec: StageSpec = {}) => writeStage(join(work, 'stages'), spec)
const codes = async (staged: StagedModule) =>
  (await install(staged)).diagnostics.map((one) => one.code)
const place = (path = '') => join(root, 'asyn', path)

test('a version is there as a whole, and nothing else is left', async () => {
  const staged = stage({ files: { 'include/os/Linux/x.h': 'h', 'db/same.db': '-> asyn.db' } })
  expect(await install(staged)).toEqual({ directory: place('1.0.0'), diagnostics: [] })
  expect(pathsBelow(place('1.0.0'))).toEqual(pathsBelow(staged.directory))
  expect(readdirSync(place())).toEqual(['1.0.0'])
})

test('a numeric version is never replaced', async () => {
  await install(stage())
  expect(await codes(stage({ files: { 'db/asyn.db': 'other' } }))).toEqual(['VERSION_INSTALLED'])
  expect(readFileSync(place('1.0.0/db/asyn.db'), 'utf8')).toContain('record')
})

test.each([
  ['in one step', process.env],
  ['in two steps where the system cannot', { PATH: '/nowhere' }],
])('a test version is replaced %s', async (_title, env) => {
  await install(stage({ version: 'mytest', files: { 'old.iocsh': '' } }))
  const { diagnostics } = await install(
    stage({ version: 'mytest', files: { 'new.iocsh': '' } }),
    env,
  )
  expect(diagnostics.map(({ code }) => code)).toEqual(['VERSION_REPLACED'])
  expect(existsSync(place('mytest/new.iocsh'))).toBe(true)
  expect(existsSync(place('mytest/old.iocsh'))).toBe(false)
  expect(readdirSync(place())).toEqual(['mytest'])
})

test('another architecture joins a version, with its own description', async () => {
  await install(stage())
  const other = { architecture: 'linux-arm', files: { 'bin/linux-arm/tool': 'x' } }
  expect(await install(stage(other))).toEqual({ directory: place('1.0.0'), diagnostics: [] })
  expect(pathsBelow(place('1.0.0'))).toEqual([
    'asyn_meta.yaml',
    'bin/linux-arm/tool',
    'db/asyn.db',
    'lib/linux-arm/asyn.dep',
    'lib/linux-arm/asyn_meta.yaml',
    'lib/linux-x86_64/asyn.dep',
  ])
  expect(await codes(stage(other))).toEqual(['VERSION_INSTALLED'])
})

test.each([
  ['another text', { 'db/asyn.db': 'other' }],
  ['a file more', { 'db/more.db': '' }],
])('it does not with %s', async (_title, files) => {
  await install(stage())
  expect(await codes(stage({ architecture: 'linux-arm', files }))).toEqual(['STAGE_DIFFERS'])
  expect(readdirSync(place('1.0.0/lib'))).toEqual(['linux-x86_64'])
})

test.each([
  ['lib/linux-x86_64/asyn.dep', 'for other architectures'],
  ['db/old.db', 'in its place, without libraries'],
])('what is said of a place with %s', async (file, words) => {
  mkdirSync(dirname(place(`1.0.0/${file}`)), { recursive: true })
  writeFileSync(place(`1.0.0/${file}`), '')
  const { diagnostics } = await install(stage({ architecture: 'linux-arm' }))
  expect(diagnostics.map(({ message }) => message)).toEqual([
    `asyn 1.0.0 for linux-arm is not what is installed ${words}`,
  ])
})

test('of a test version, all architectures go when it is another one', async () => {
  await install(stage({ version: 'mytest' }))
  await install(stage({ version: 'mytest', architecture: 'linux-arm' }))
  expect(readdirSync(place('mytest/lib'))).toHaveLength(2)
  await install(stage({ version: 'mytest', files: { 'db/asyn.db': 'other' } }))
  expect(readdirSync(place('mytest/lib'))).toEqual(['linux-x86_64'])
})

test.each([
  ['a link out of the module', { 'db/x.db': '-> ../../../../etc/passwd' }],
  ['an absolute link', { 'db/x.db': '-> /etc/passwd' }],
  ['another architecture', { 'lib/linux-arm/libasyn.so': '' }],
])('refused: %s', async (_title, files) => {
  expect(await codes(stage({ files }))).toEqual(['STAGE_INVALID'])
  expect(readdirSync(root)).toEqual([])
})

test('a link that has the name of the version is not written through', async () => {
  writeFiles(place('0.9.0'), { 'db/asyn.db': 'old' })
  symlinkSync('0.9.0', place('mytest'))
  expect(await codes(stage({ version: 'mytest' }))).toEqual(['VERSION_INSTALLED'])
  expect(readFileSync(place('0.9.0/db/asyn.db'), 'utf8')).toBe('old')
})

test('an empty folder of this name is not in the way', async () => {
  mkdirSync(place('1.0.0/lib/linux-x86_64'), { recursive: true })
  expect(await codes(stage())).toEqual([])
})

test.each([
  ['shared by a group', 0o2775, { directory: 0o2775, file: 0o664, program: 0o775 }],
  ['private', 0o700, { directory: 0o700, file: 0o600, program: 0o700 }],
  ['open to all', 0o1777, { directory: 0o775, file: 0o664, program: 0o775 }],
])('permissions are those of the tree: %s', async (_title, mode, expected) => {
  chmodSync(root, mode)
  const staged = stage({ files: { 'bin/linux-x86_64/tool': '#!' } })
  chmodSync(join(staged.directory, 'bin/linux-x86_64/tool'), 0o700)
  const umask = process.umask(0o077)
  try {
    await install(staged)
  } finally {
    process.umask(umask)
  }
  const modeOf = (path: string) => statSync(place(path)).mode & 0o7777
  expect({
    directory: modeOf('1.0.0/db'),
    file: modeOf('1.0.0/db/asyn.db'),
    program: modeOf('1.0.0/bin/linux-x86_64/tool'),
  }).toEqual(expected)
  expect(modeOf('')).toBe(expected.directory)
})

test('of two at the same time one wins, the other says so', async () => {
  const both = await Promise.all([install(stage()), install(stage())])
  expect(both.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
    'VERSION_INSTALLED',
  ])
  expect(readdirSync(place())).toEqual(['1.0.0'])
})

test('a folder that is a file', async () => {
  writeFileSync(place(), '')
  expect(await codes(stage())).toEqual(['TREE_UNWRITABLE'])
})

test('a stage that is gone', async () => {
  const staged = stage()
  rmSync(staged.directory, { recursive: true })
  expect(await codes(staged)).toEqual(['STAGE_DAMAGED'])
  expect(readdirSync(root)).toEqual([])
})

describe('the same once more', () => {
  const described = () => {
    const staged = stage()
    writeMeta(staged.directory, { name: 'asyn', version: '1.0.0', arch: 'linux-x86_64' })
    return staged
  }

  test('nothing is done', async () => {
    await install(described())
    const again = await install(described())
    expect(again).toEqual({ directory: place('1.0.0'), isSame: true, diagnostics: [] })
  })

  test.each<[string, () => void]>([
    ['changed', () => writeFileSync(place('1.0.0/db/asyn.db'), 'other')],
    ['removed', () => rmSync(place('1.0.0/db/asyn.db'))],
    ['added', () => writeFileSync(place('1.0.0/db/more.db'), '')],
  ])('unless what is installed was %s since', async (_title, change) => {
    await install(described())
    change()
    expect(await codes(described())).toEqual(['VERSION_INSTALLED'])
  })
})

test('what is changed while it is copied is not installed', async () => {
  const staged = stage({ version: 'mytest' })
  writeMeta(staged.directory, { name: 'asyn', version: 'mytest', arch: 'linux-x86_64' })
  writeFileSync(join(staged.directory, 'db/asyn.db'), 'of another build')
  expect(await codes(staged)).toEqual(['STAGE_DAMAGED'])
  expect(readdirSync(root)).toEqual([])
})
