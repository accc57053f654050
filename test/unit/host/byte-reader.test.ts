import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFileReader } from '../../../src/host/byte-reader.ts'

const directory = mkdtempSync(join(tmpdir(), 'byte-reader-'))
afterAll(() => rmSync(directory, { recursive: true }))

test('a file is read in pieces', () => {
  const path = join(directory, 'file')
  writeFileSync(path, '0123456789')
  const file = openFileReader(path)
  expect(file?.size).toBe(10)
  const text = (offset: number, length: number): string =>
    String.fromCharCode(...(file?.read(offset, length) ?? []))
  expect(text(3, 4)).toBe('3456')
  expect(text(0, 2)).toBe('01')
  expect(text(8, 100)).toBe('89')
  expect(text(100, 5)).toBe('')
  expect(text(2 ** 60, 5)).toBe('')
  file?.close()
})

test.each([
  ['a folder', directory],
  ['nothing', join(directory, 'missing')],
])('%s is no file', (_, path) => {
  expect(openFileReader(path)).toBeUndefined()
})
