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
import { removeAny, removeTree } from '../../../src/host/remove-tree.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'remove-tree-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('removes files and directories at every depth', () => {
  mkdirSync(join(folder, 'run/require/deeper'), { recursive: true })
  for (const path of ['run/a', 'run/require/b', 'run/require/deeper/c']) {
    writeFileSync(join(folder, path), '')
  }
  removeTree(join(folder, 'run'))
  expect(existsSync(join(folder, 'run'))).toBe(false)
})

test('removes links and leaves alone what they lead to', () => {
  mkdirSync(join(folder, 'run'))
  mkdirSync(join(folder, 'kept'))
  writeFileSync(join(folder, 'kept/file'), '')
  symlinkSync(join(folder, 'kept'), join(folder, 'run/directory'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'run/broken'))
  removeTree(join(folder, 'run'))
  expect(existsSync(join(folder, 'run'))).toBe(false)
  expect(existsSync(join(folder, 'kept/file'))).toBe(true)
})

test('fails on what is not there', () => {
  expect(() => removeTree(join(folder, 'nothing'))).toThrow('ENOENT')
})

test.each([
  ['a directory', 'directory'],
  ['a file', 'directory/file'],
  ['a link', 'link'],
  ['a link to nothing', 'broken'],
  ['nothing', 'nothing'],
])('whatever has the name: %s', (_what, name) => {
  for (const path of ['directory', 'kept']) {
    mkdirSync(join(folder, path))
    writeFileSync(join(folder, path, 'file'), '')
  }
  symlinkSync(join(folder, 'kept'), join(folder, 'link'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'))
  removeAny(join(folder, name))
  expect(readdirSync(folder)).not.toContain(name)
  expect(existsSync(join(folder, name))).toBe(false)
  expect(existsSync(join(folder, 'kept/file'))).toBe(true)
})
