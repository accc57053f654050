import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWatchReader } from '../../../src/host/watch-reader.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'e3-watch-reader-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a text stays the same object until its file changes', () => {
  const path = join(folder, 'a.db')
  writeFileSync(path, 'one')
  const watched = createWatchReader(folder)
  const first = watched.recorder().reader.read(path)
  watched.newRound()
  expect(watched.recorder().reader.read(path)).toBe(first)
  writeFileSync(path, 'two')
  watched.newRound()
  expect(watched.recorder().reader.read(path)).toMatchObject({ source: { text: 'two' } })
})

test.each([
  ['a file that was read', (path: string) => writeFileSync(path, 'changed'), false],
  ['a file that was missing', (path: string) => writeFileSync(`${path}.missing`, ''), false],
  ['a folder that was listed', (path: string) => writeFileSync(`${path}.new`, ''), false],
  [
    'a module folder that was listed',
    (path: string) => writeFileSync(join(path, '..', 'modules', '1.0.0'), ''),
    false,
  ],
  ['nothing', () => {}, true],
])('what was asked is out of date after a change of %s', (title, change, isCurrent) => {
  const path = join(folder, `${title.replaceAll(' ', '-')}.db`)
  writeFileSync(path, 'text')
  const watched = createWatchReader(folder)
  const recorder = watched.recorder()
  recorder.reader.read(path)
  recorder.reader.kindOf(`${path}.missing`)
  recorder.reader.list(folder)
  const modules = join(folder, 'modules')
  mkdirSync(modules, { recursive: true })
  recorder.trees.list(modules)
  expect([...recorder.listed]).toEqual([folder, modules])
  expect(watched.isCurrent(recorder)).toBe(true)
  change(path)
  watched.newRound()
  expect(watched.isCurrent(recorder)).toBe(isCurrent)
})
