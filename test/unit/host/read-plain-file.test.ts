import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepFile, keptFile } from '../../../src/host/kept-files.ts'
import { readPlainFile } from '../../../src/host/read-plain-file.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'plain-'))
  writeFileSync(join(root, 'file'), 'text')
  for (const name of ['pipe', `kept.${process.pid}`]) execFileSync('mkfifo', [join(root, name)])
})
afterAll(() => rmSync(root, { recursive: true }))

test('the text of a file', () => {
  expect(readPlainFile(join(root, 'file'))).toBe('text')
})

test.each(['pipe', '.', 'missing'])('%s is refused at once', (name) => {
  expect(() => readPlainFile(join(root, name))).toThrow()
})

test('pipes in place of what is kept are neither read nor written', () => {
  expect(keptFile(root, 'pipe')).toBeUndefined()
  keepFile(root, 'kept', [1])
  expect(keptFile(root, 'kept')).toEqual([1])
})
