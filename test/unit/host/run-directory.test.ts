import { spawnSync } from 'node:child_process'
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
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatIdentity, identifyProcess } from '../../../src/host/process-identity.ts'
import {
  createRunDirectory,
  runDirectoryPath,
  writeRunFiles,
} from '../../../src/host/run-directory.ts'

const uid = process.getuid?.() ?? 0
let runtime: string

beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), 'run-'))
})
afterEach(() => rmSync(runtime, { recursive: true, force: true }))

const owner = (change: object = {}) => ({
  iocName: 'LAB:X',
  pid: process.pid,
  uid,
  runtimeDirectory: runtime,
  ...change,
})
const parent = () => join(runtime, `iocsh-${uid}`)

test('it is for the owner only and knows its process', () => {
  const outcome = createRunDirectory(owner())
  const path = join(parent(), `LAB:X-${process.pid}`)
  expect(outcome).toEqual({ value: path })
  expect(runDirectoryPath(owner())).toBe(path)
  for (const directory of [parent(), path]) expect(statSync(directory).mode & 0o777).toBe(0o700)
  const identity = identifyProcess(process.pid)
  expect(identity && formatIdentity(identity)).toBe(readFileSync(join(path, 'process'), 'utf8'))
})

test('for a process that is gone nothing is made', () => {
  const { pid } = spawnSync('true')
  expect(createRunDirectory(owner({ pid }))).toMatchObject({
    error: { code: 'RUN_DIRECTORY_UNUSABLE', message: expect.stringContaining('has ended') },
  })
  expect(existsSync(parent())).toBe(false)
})

test('names cannot leave the directory', () => {
  expect(runDirectoryPath(owner({ iocName: '../../etc/x y' }))).toBe(
    join(parent(), `.._.._etc_x_y-${process.pid}`),
  )
})

test('a place that is taken is not used again', () => {
  createRunDirectory(owner())
  expect(createRunDirectory(owner())).toEqual({ value: `${runDirectoryPath(owner())}.2` })
})

test('what other processes left is removed', () => {
  const identity = identifyProcess(process.pid)
  if (!identity) throw new Error('this process is not in /proc')
  createRunDirectory(owner())
  mkdirSync(join(parent(), 'GONE-1'))
  writeFileSync(join(parent(), 'GONE-1/process'), formatIdentity({ ...identity, startTime: '1' }))
  createRunDirectory(owner({ iocName: 'NEXT' }))
  expect(readdirSync(parent()).sort()).toEqual(
    [`LAB:X-${process.pid}`, `NEXT-${process.pid}`].sort(),
  )
})

test('there is a place for every start', () => {
  mkdirSync(join(parent()), { mode: 0o700 })
  const taken = [runDirectoryPath(owner())]
  for (let number = 2; number <= 150; number++) taken.push(`${runDirectoryPath(owner())}.${number}`)
  for (const path of taken) {
    mkdirSync(path)
    writeFileSync(join(path, 'startup.cmd'), '')
  }
  expect(createRunDirectory(owner())).toEqual({ value: `${runDirectoryPath(owner())}.151` })
})

test.each<[string, (path: string) => void, string]>([
  ['a link', (path) => symlinkSync(tmpdir(), path), 'is not a directory'],
  ['a file', (path) => writeFileSync(path, ''), 'is not a directory'],
  [
    'open to others',
    (path) => {
      mkdirSync(path)
      chmodSync(path, 0o755)
    },
    'can be read or written by others',
  ],
])('%s in its place is refused', (_what, prepare, reason) => {
  prepare(parent())
  const outcome = createRunDirectory(owner())
  expect(outcome).toMatchObject({ error: { code: 'RUN_DIRECTORY_UNSAFE' } })
  expect('error' in outcome && outcome.error.message).toContain(reason)
})

test('the directory of another user is refused', () => {
  mkdirSync(parent(), { mode: 0o700 })
  const outcome = createRunDirectory(owner({ uid: uid + 1 }))
  expect(outcome).toHaveProperty('value')
  mkdirSync(join(runtime, `iocsh-${uid + 2}`), { mode: 0o700 })
  expect(createRunDirectory(owner({ uid: uid + 2 }))).toMatchObject({
    error: { code: 'RUN_DIRECTORY_UNSAFE' },
  })
})

test('a place that cannot be written is said, with the reason', () => {
  expect(createRunDirectory(owner({ runtimeDirectory: join(runtime, 'nowhere') }))).toMatchObject({
    error: { code: 'RUN_DIRECTORY_UNUSABLE', message: expect.stringContaining('no such file') },
  })
})

test('files are for the owner only; when one fails, all are gone', () => {
  const outcome = createRunDirectory(owner())
  const directory = 'value' in outcome ? outcome.value : ''
  const files = [
    { path: 'startup.cmd', text: 'dbl\n' },
    { path: 'require/1-asyn.cmd', text: 'ä', encoding: 'latin1' as const },
  ]
  expect(writeRunFiles(directory, files)).toBeUndefined()
  expect(statSync(join(directory, 'startup.cmd')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(directory, 'require/1-asyn.cmd'))).toEqual(Buffer.from([0xe4]))
  expect(writeRunFiles(directory, files)).toMatchObject({ code: 'RUN_DIRECTORY_UNUSABLE' })
  expect(existsSync(directory)).toBe(false)
})
