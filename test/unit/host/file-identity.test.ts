import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { identityOfBase, identityOfFile } from '../../../src/host/file-identity.ts'

const folder = mkdtempSync(join(tmpdir(), 'identity-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.each([0, 1, 2 ** 20, 3 * 2 ** 20 + 7])('a file of %i bytes', (size) => {
  const bytes = Buffer.alloc(size, 'abc')
  const path = join(folder, `${size}`)
  writeFileSync(path, bytes)
  expect(identityOfFile(path)).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('what cannot be read has none', () => {
  expect([identityOfFile(join(folder, 'nothing')), identityOfFile(folder)]).toEqual([
    undefined,
    undefined,
  ])
})

test('a base with and without libCom.so', () => {
  const version = { text: '7.0.8.1', parts: [7, 0, 8, 1], snapshot: '', site: '' } as const
  const base = { version, arch: 'linux-x86_64', libraryDirectory: folder }
  expect(identityOfBase(base)).toEqual({ version: '7.0.8.1', arch: 'linux-x86_64' })
  writeFileSync(join(folder, 'libCom.so'), 'elf')
  expect(identityOfBase(base).libCom).toBe(identityOfFile(join(folder, 'libCom.so')))
})
