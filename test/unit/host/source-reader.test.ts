import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createLibraryFiles, libraryFilesOf } from '../../../src/host/library-files.ts'
import { createSourceReader } from '../../../src/host/source-reader.ts'
import { createTreeReader } from '../../../src/host/tree-reader.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-source-reader-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pipe = join(folder, 'pipe')
execFileSync('mkfifo', [pipe])
writeFileSync(join(folder, 'a.db'), 'record(ai, a) {}\n')

test('files are named from here; what is empty is no mistake', () => {
  const reader = createSourceReader(folder)
  expect(reader.read(join(folder, 'a.db'))).toMatchObject({ source: { name: 'a.db' } })
  expect(reader.read('/dev/null')).toMatchObject({ source: { text: '' }, isStream: true })
})

test('named pipes are not waited for', () => {
  const reader = createSourceReader(folder)
  const refused = { reason: 'it is a named pipe', isMissing: false }
  expect(reader.read(pipe)).toEqual(refused)
  const files = createLibraryFiles(() => undefined)
  expect([files.exists(pipe), files.exists(folder), files.exists(`${pipe}x`)]).toEqual([
    ...[true, false, false],
  ])
  expect(libraryFilesOf(createTreeReader()).text(pipe)).toBeUndefined()
})
