import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  formatIdentity,
  identifyProcess,
  type ProcessIdentity,
} from '../../../src/host/process-identity.ts'
import { nameWithIdentity, sweepRuns } from '../../../src/host/sweep-runs.ts'

let parent: string
let outside: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'runs-'))
  outside = mkdtempSync(join(tmpdir(), 'outside-'))
})
afterEach(() => {
  for (const folder of [parent, outside]) rmSync(folder, { recursive: true, force: true })
})

const own = identifyProcess(process.pid)
if (!own) throw new Error('this process is not in /proc')
const gone: ProcessIdentity = { ...own, startTime: '1' }
const elsewhere = (startTime: number): ProcessIdentity => ({
  ...{ pid: 1, startTime: `${startTime}` },
  namespace: `pid:[${startTime}]`,
})

function makeRun(name: string, identity?: ProcessIdentity, place = parent): string {
  const directory = join(place, name)
  mkdirSync(join(directory, 'require'), { recursive: true })
  writeFileSync(join(directory, 'require/1-x.cmd'), '')
  if (identity) writeFileSync(join(directory, 'process'), formatIdentity(identity))
  return directory
}

const minutes = (number: number) => Date.now() + number * 60_000
const left = () => readdirSync(parent).sort()

test('what other processes left is removed, what runs or may run stays', () => {
  makeRun('A-1', gone)
  makeRun('B-1', own)
  makeRun('C-1', elsewhere(1))
  makeRun(nameWithIdentity(gone))
  makeRun(nameWithIdentity(elsewhere(1)))
  sweepRuns(parent)
  expect(left()).toEqual([nameWithIdentity(elsewhere(1)), 'B-1', 'C-1'])
})

test.each([
  [0.5, ['NEW-1']],
  [2, []],
])('a directory of which nobody tells whose it is, after %d minutes', (age, expected) => {
  makeRun('NEW-1')
  sweepRuns(parent, minutes(age))
  expect(left()).toEqual(expected)
})

test('links are neither followed nor removed', () => {
  const target = makeRun('iocs', gone, outside)
  for (const name of ['iocs', 'A-1', nameWithIdentity(gone)])
    symlinkSync(target, join(parent, name))
  symlinkSync(makeRun('plain', undefined, outside), join(parent, 'B-1'))
  sweepRuns(parent, minutes(120))
  expect(left()).toHaveLength(4)
  expect(existsSync(join(target, 'require/1-x.cmd'))).toBe(true)
  expect(existsSync(join(outside, 'plain/require/1-x.cmd'))).toBe(true)
})

test('files and what is remembered stay', () => {
  writeFileSync(join(parent, 'notes'), '')
  for (const name of ['plans', 'answers']) mkdirSync(join(parent, name))
  sweepRuns(parent, minutes(120))
  expect(left()).toEqual(['answers', 'notes', 'plans'])
})

test.each([
  ['at once all', 1, 13],
  ['after an hour ten', 61, 10],
])('of the earlier lives of a container %s stay', (_what, age, expected) => {
  for (let life = 1; life <= 13; life++) {
    makeRun(life === 1 ? 'LAB:X-1' : `LAB:X-1.${life}`, elsewhere(life))
  }
  makeRun('LAB:Y-1', elsewhere(14))
  sweepRuns(parent, minutes(age))
  expect(left().filter((name) => name.startsWith('LAB:X'))).toHaveLength(expected)
  expect(left()).toContain('LAB:X-1.13')
  expect(left()).toContain('LAB:Y-1')
})

test('IOCs of several containers that share the folder stay', () => {
  for (let ioc = 1; ioc <= 30; ioc++) makeRun(`LAB:${ioc}-1`, elsewhere(ioc))
  sweepRuns(parent, minutes(600))
  expect(left()).toHaveLength(30)
})

test('what cannot be listed is an error', () => {
  expect(() => sweepRuns(join(parent, 'nothing'))).toThrow('ENOENT')
})
