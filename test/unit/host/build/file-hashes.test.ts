import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hashOf, openFileHashes } from '../../../../src/host/build/file-hashes.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-hashes-'))
const path = join(folder, 'file')
afterAll(() => rmSync(folder, { recursive: true }))

test('content counts, time does not', () => {
  writeFileSync(path, 'one')
  const first = openFileHashes().of(path)
  utimesSync(path, 1, 1)
  expect(openFileHashes().of(path)).toBe(first)
  writeFileSync(path, 'two')
  expect(openFileHashes().of(path)).not.toBe(first)
})

test('a file that was just written is read again the next time', () => {
  writeFileSync(path, 'one')
  const hashes = openFileHashes()
  hashes.of(path)
  expect(hashes.entries()).toEqual([])
})

test.each([folder, join(folder, 'nothing')])('no file: %s', (name) => {
  expect(openFileHashes().of(name)).toBeUndefined()
})

test('where a text ends counts', () => {
  expect(hashOf(['ab', 'c'])).not.toBe(hashOf(['a', 'bc']))
})
