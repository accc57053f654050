import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isDirectory } from '../../../src/host/is-directory.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-folder-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'file'), '')
symlinkSync('.', join(folder, 'link'))
symlinkSync('loop', join(folder, 'loop'))

test.each([
  ['.', true],
  ['link', true],
  ['file', false],
  ['nothing', false],
  ['file/below', false],
  ['loop', false],
  ['x'.repeat(300), false],
])('%s', (name, wanted) => {
  expect(isDirectory(join(folder, name))).toBe(wanted)
})
