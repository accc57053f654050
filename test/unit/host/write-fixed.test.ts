import {
  chmodSync,
  chownSync,
  lstatSync,
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
import { createSourceReader } from '../../../src/host/source-reader.ts'
import { writeFixed } from '../../../src/host/write-fixed.ts'
import { isReadable } from '../../../src/startup/source-reader.ts'
import type { Source } from '../../../src/text/source.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e3-fix-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function sourceOf(path: string): Source {
  const text = createSourceReader(folder).read(path)
  if (!isReadable(text)) throw new Error(text.reason)
  return text.source
}

test.each([
  ['UTF-8', Buffer.from('é\r\n'), Buffer.from('é\n')],
  ['Latin-1', Buffer.from([0xe9, 0x0d, 0x0a]), Buffer.from([0xe9, 0x0a])],
  ['a byte order mark', Buffer.from('\ufeffa\r\n'), Buffer.from('\ufeffa\n')],
])('%s: the bytes around the change and the mode stay', (_title, before, after) => {
  const path = join(folder, 'a.db')
  writeFileSync(path, before)
  chmodSync(path, 0o750)
  const source = sourceOf(path)
  expect(writeFixed(path, source, source.text.replaceAll('\r\n', '\n'))).toBeUndefined()
  expect(readFileSync(path)).toEqual(after)
  expect(statSync(path).mode & 0o7777).toBe(0o750)
  expect(readdirSync(folder)).toEqual(['a.db'])
})

test.skipIf(process.getuid?.() !== 0)('a file stays with its owner and group', () => {
  const path = join(folder, 'a.db')
  writeFileSync(path, 'a')
  chownSync(path, 65_534, 65_533)
  expect(writeFixed(path, sourceOf(path), 'b')).toBeUndefined()
  expect(statSync(path)).toMatchObject({ uid: 65_534, gid: 65_533 })
})

test('a link stays a link', () => {
  writeFileSync(join(folder, 'a.db'), 'a')
  symlinkSync('a.db', join(folder, 'link.db'))
  expect(writeFixed(join(folder, 'link.db'), sourceOf(join(folder, 'link.db')), 'b')).toBe(
    undefined,
  )
  expect(lstatSync(join(folder, 'link.db')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(folder, 'a.db'), 'utf8')).toBe('b')
})

test('a file that has changed meanwhile is left alone', () => {
  const path = join(folder, 'a.db')
  writeFileSync(path, 'a')
  const source = sourceOf(path)
  writeFileSync(path, 'other')
  expect(writeFixed(path, source, 'b')).toMatchObject({ code: 'FIX_FAILED' })
  expect(readFileSync(path, 'utf8')).toBe('other')
})

test('a text that the encoding cannot hold is not written', () => {
  const path = join(folder, 'a.db')
  writeFileSync(path, Buffer.from([0xe9]))
  expect(writeFixed(path, sourceOf(path), '€')).toMatchObject({ code: 'FIX_FAILED' })
  expect(readFileSync(path)).toEqual(Buffer.from([0xe9]))
})

test('a file that has gone is an error', () => {
  const source = { name: 'a.db', text: 'a' }
  expect(writeFixed(join(folder, 'a.db'), source, 'b')?.message).toBe(
    'a.db is not changed: no such file or directory',
  )
})
