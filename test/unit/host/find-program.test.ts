import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findProgram, missingProgram } from '../../../src/host/find-program.ts'

let path: string

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'))
  for (const name of ['gdb', 'plain']) writeFileSync(join(folder, name), '')
  chmodSync(join(folder, 'gdb'), 0o755)
  mkdirSync(join(folder, 'strace'))
  path = `/nowhere:${folder}`
})
afterAll(() => rmSync(path.slice('/nowhere:'.length), { recursive: true, force: true }))

test.each([
  ['gdb', true],
  ['plain', false],
  ['strace', false],
  ['nosuch', false],
])('%s is a program: %s', (name, expected) => {
  expect(findProgram(name, path) !== undefined).toBe(expected)
  expect(missingProgram(name, path)?.code).toBe(expected ? undefined : 'TOOL_NOT_FOUND')
})

test('the message names the package', () => {
  expect(missingProgram('chrt', undefined)?.hint).toContain('apt install util-linux')
})
