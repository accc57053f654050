import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { walkFolder } from '../../../src/host/walk-folder.ts'

let top = ''

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'e3-walk-'))
  for (const file of ['a.db', 'a.txt', 'b/c/d.db', '.git/e.db', 'O.linux-x86_64/f.db']) {
    mkdirSync(dirname(join(top, file)), { recursive: true })
    writeFileSync(join(top, file), '')
  }
  symlinkSync('../a.db', join(top, 'b/g.db'))
  symlinkSync('..', join(top, 'b/up'))
  symlinkSync('h.db', join(top, 'h.db'))
})
afterAll(() => rmSync(top, { recursive: true, force: true }))

const isDatabase = (name: string) => name.endsWith('.db')
const relative = (paths: readonly string[]) =>
  paths.map((path) => path.slice(top.length + 1)).sort()

test('files that are wanted, links to files among them; links to folders are not followed', () => {
  const found = walkFolder(top, isDatabase)
  expect(relative(found.files)).toEqual(['a.db', 'b/c/d.db', 'b/g.db'])
  expect(relative(found.folders)).toEqual(['', 'b', 'b/c'])
  expect(relative(found.links)).toEqual(['b/up'])
  expect({ ...found, isCut: found.isCut }).toMatchObject({ unreadable: [], isCut: false })
})

test('there is an end to it, and it is told', () => {
  expect(walkFolder(top, isDatabase, 3).isCut).toBe(true)
  expect(walkFolder(top, isDatabase, 100).isCut).toBe(false)
})
