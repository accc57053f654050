import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStaging, sweepStaging } from '../../../src/host/staging.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'staging-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const longAgo = new Date(Date.now() - 48 * 3600 * 1000)

function addStaging(name: string, owner?: string): string {
  const directory = join(root, `.staging-${name}`)
  mkdirSync(directory)
  if (owner !== undefined) writeFileSync(join(directory, 'owner'), owner)
  return directory
}

test('work in progress of a running process stays', () => {
  const staging = createStaging(root)
  sweepStaging(root)
  expect(existsSync(staging)).toBe(true)
  expect(createStaging(root)).not.toBe(staging)
})

test('what a killed process left is removed', () => {
  const { pid } = spawnSync('true')
  const left = addStaging(`${hostname()}-${pid}-1`, ownerOf(pid))
  sweepStaging(root)
  expect(existsSync(left)).toBe(false)
})

test.each([
  ['of another host', 'other-host-1-1', '1 1 \n'],
  ['without an owner yet', `${hostname()}-1-1`, undefined],
])('a young directory %s stays, an old one goes', (_, name, owner) => {
  const directory = addStaging(name, owner)
  sweepStaging(root)
  expect(existsSync(directory)).toBe(true)
  utimesSync(directory, longAgo, longAgo)
  sweepStaging(root)
  expect(existsSync(directory)).toBe(false)
})

test.each([
  ['before it wrote whose it is', undefined],
  ['while it wrote that', ''],
])('what a process left that was killed %s is removed at once', (_, owner) => {
  const left = addStaging(`${hostname()}-${spawnSync('true').pid}-1`, owner)
  sweepStaging(root)
  expect(existsSync(left)).toBe(false)
})

test('a sweep that is killed in the middle leaves what the next one sweeps', async () => {
  const left = addStaging(`${hostname()}-1-1`, ownerOf(spawnSync('true').pid))
  // Names in front of and behind that of the owner file.
  for (const part of ['a', 'z']) {
    mkdirSync(join(left, part))
    for (let file = 0; file < 3000; file++) writeFileSync(join(left, part, `${file}`), '')
  }
  const code = `import(${JSON.stringify(join(import.meta.dirname, '../../../src/host/staging.ts'))})
    .then(({ sweepStaging }) => sweepStaging(${JSON.stringify(root)}))`
  const sweep = spawn(process.execPath, ['--import', 'tsx', '-e', code], { stdio: 'ignore' })
  const ended = once(sweep, 'exit')
  while (sweep.exitCode === null && countOf(join(left, 'z')) === 3000) await setTimeout(1)
  sweep.kill('SIGKILL')
  await ended
  expect(existsSync(join(left, 'owner'))).toBe(existsSync(left))
  sweepStaging(root)
  expect(existsSync(left)).toBe(false)
})

function countOf(folder: string): number {
  return existsSync(folder) ? readdirSync(folder).length : 0
}

test('finished bases are never swept', () => {
  mkdirSync(join(root, '7.0.10.99.0.2'))
  utimesSync(join(root, '7.0.10.99.0.2'), longAgo, longAgo)
  sweepStaging(root)
  expect(readdirSync(root)).toEqual(['7.0.10.99.0.2'])
})

/** An identity in the namespace of this process, of a process that is gone. */
function ownerOf(pid: number): string {
  const own = spawnSync('readlink', ['/proc/self/ns/pid'], { encoding: 'utf8' }).stdout.trim()
  return `${pid} 1 ${own}\n`
}
