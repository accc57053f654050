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
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepFile, keptFile } from '../../../src/host/kept-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

const plans = () => join(folder, 'plans')

function makeFiles(directory: string, number: number): void {
  mkdirSync(directory)
  for (let name = 0; name < number; name++) writeFileSync(join(directory, `${name}.json`), '')
}

test('what is kept comes back', () => {
  keepFile(plans(), 'a.json', { text: 'x' })
  expect(keptFile(plans(), 'a.json')).toEqual({ text: 'x' })
  expect(readdirSync(plans())).toEqual(['a.json'])
})

test('too many files are cleared', () => {
  makeFiles(plans(), 500)
  keepFile(plans(), 'a.json', {})
  expect(existsSync(plans())).toBe(false)
})

test('of a folder that is a link only the link is cleared', () => {
  makeFiles(join(folder, 'other'), 500)
  symlinkSync('other', plans())
  keepFile(plans(), 'a.json', {})
  expect(existsSync(plans())).toBe(false)
  expect(readdirSync(join(folder, 'other'))).toHaveLength(501)
})

test('a file that cannot be finished does not stay', () => {
  mkdirSync(join(plans(), 'a.json', 'in the way'), { recursive: true })
  keepFile(plans(), 'a.json', {})
  expect(readdirSync(plans())).toEqual(['a.json'])
})

test.each([
  [0, ['a.json', 'b.json.1']],
  [2, ['a.json']],
])('what a killed start has not finished, after %d minutes', (minutes, left) => {
  mkdirSync(plans())
  writeFileSync(join(plans(), 'b.json.1'), '')
  vi.useFakeTimers({ now: Date.now() + minutes * 60_000, toFake: ['Date'] })
  keepFile(plans(), 'a.json', {})
  expect(readdirSync(plans()).sort()).toEqual(left)
})
