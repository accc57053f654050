import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTreeReader } from '../../../src/host/tree-reader.ts'

let root = ''

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'e3-tree-'))
  mkdirSync(join(root, 'asyn/1.0.0/lib'), { recursive: true })
  writeFileSync(join(root, 'asyn/1.0.0/lib/asyn.dep'), 'calc 1.0.0\n')
  symlinkSync('1.0.0', join(root, 'asyn/stable'))
  symlinkSync('nowhere', join(root, 'asyn/broken'))
  writeFileSync(join(root, 'asyn/README'), '')
})

afterAll(() => rmSync(root, { recursive: true }))

test('entries with their kinds', () => {
  const { entries = [], problem } = createTreeReader().list(join(root, 'asyn')) ?? {}
  expect(problem).toBeUndefined()
  expect([...entries].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: '1.0.0', kind: 'directory' },
    { name: 'README', kind: 'file' },
    { name: 'broken', kind: 'link' },
    { name: 'stable', kind: 'link' },
  ])
})

test('links are followed where a file or directory is asked for', () => {
  const reader = createTreeReader()
  expect(reader.isDirectory(join(root, 'asyn/stable'))).toBe(true)
  expect(reader.isFile(join(root, 'asyn/stable/lib/asyn.dep'))).toBe(true)
  expect(reader.realPath(join(root, 'asyn/stable'))).toBe(reader.realPath(join(root, 'asyn/1.0.0')))
  expect(reader.realPath(join(root, 'asyn/broken'))).toBeUndefined()
})

test('what is not there', () => {
  const reader = createTreeReader()
  expect(reader.list(join(root, 'calc'))).toBeUndefined()
  expect(reader.list(join(root, 'asyn/README'))).toBeUndefined()
  expect(reader.readText(join(root, 'asyn/README/x'))).toBeUndefined()
  expect(reader.isDirectory(join(root, 'asyn/README'))).toBe(false)
  expect(reader.isFile(join(root, 'asyn/1.0.0'))).toBe(false)
})

test('text, and why it cannot be read', () => {
  const reader = createTreeReader()
  expect(reader.readText(join(root, 'asyn/1.0.0/lib/asyn.dep'))).toEqual({ text: 'calc 1.0.0\n' })
  expect(reader.readText(join(root, 'asyn/1.0.0'))).toEqual({
    text: '',
    problem: 'it is a directory',
  })
})

test('pipes and devices are not waited for', () => {
  execFileSync('mkfifo', [join(root, 'asyn/pipe')])
  const problem = 'it is a pipe or a device'
  const reader = createTreeReader()
  expect(reader.readText(join(root, 'asyn/pipe'))).toEqual({ text: '', problem })
  expect(reader.readText('/dev/zero')).toEqual({ text: '', problem })
})

test('a text that is far too large is not read', () => {
  const path = join(root, 'asyn/large')
  writeFileSync(path, '')
  truncateSync(path, 3e9)
  const problem = 'it is larger than 64 MiB'
  expect(createTreeReader().readText(path)).toEqual({ text: '', problem })
})

test('a directory that cannot be read', () => {
  const directory = join(root, 'loop')
  symlinkSync('loop', directory)
  expect(createTreeReader().list(directory)).toEqual({
    entries: [],
    problem: 'too many symbolic links',
  })
})

test('every question is asked once', () => {
  const reader = createTreeReader()
  expect(reader.isDirectory(join(root, 'later'))).toBe(false)
  mkdirSync(join(root, 'later'))
  expect(reader.isDirectory(join(root, 'later'))).toBe(false)
})
