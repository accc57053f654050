import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyFiles } from '../../../../src/host/tree/verify-files.ts'
import { parseVersion } from '../../../../src/version/version.ts'
import { writeMeta } from '../../../support/built-module.ts'
import { writeFiles } from '../../../support/stage.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'e3-verify-'))
  writeFiles(directory, { 'db/asyn.db': 'x', 'lib/linux-arm/asyn.dep': '' })
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const spec = { name: 'asyn', version: '1.0.0', arch: 'linux-arm' }
const verify = () => {
  const root = { directory: '/tree', origin: '-l' }
  const version = parseVersion('1.0.0')
  const found = verifyFiles({ module: 'asyn', version, root, directory, isLink: false })
  return found.map(({ code, severity, notes }) => [code, severity, notes[0]?.message])
}

test('nothing is said of a version without a description', () => {
  expect(verify()).toEqual([])
})

test.each<[string, () => void, unknown[]]>([
  ['all as it was built', () => {}, []],
  [
    'a file was changed',
    () => appendFileSync(join(directory, 'db/asyn.db'), 'y'),
    [['TREE_FILES_DIFFER', 'error', 'db/asyn.db was changed']],
  ],
  [
    'a file is missing',
    () => rmSync(join(directory, 'db/asyn.db')),
    [['TREE_FILES_DIFFER', 'error', 'db/asyn.db is missing']],
  ],
  [
    'a file was added',
    () => writeFileSync(join(directory, 'db/more.db'), ''),
    [['TREE_FILES_DIFFER', 'warning', 'db/more.db was added']],
  ],
  [
    'the description is broken',
    () => writeFileSync(join(directory, 'asyn_meta.yaml'), '['),
    [['META_INVALID', 'error', undefined]],
  ],
])('%s', (_title, change, expected) => {
  writeMeta(directory, spec)
  change()
  expect(verify()).toEqual(expected)
})

test('a second architecture has a description of its own', () => {
  writeMeta(directory, spec)
  writeFiles(directory, { 'lib/linux-x86_64/libasyn.so': 'x' })
  expect(verify()[0]?.[2]).toBe('lib/linux-x86_64/libasyn.so was added')
  const meta = 'files:\n  lib/linux-x86_64/libasyn.so: 00\n'
  writeFiles(directory, { 'lib/linux-x86_64/asyn_meta.yaml': meta })
  expect(verify()[0]?.[2]).toBe('lib/linux-x86_64/libasyn.so was changed')
})

test.each([
  ['calc 1.0.0\n', undefined],
  ['# other order and comments\n\ncalc 1.0.0', undefined],
  ['calc 2.0.0\n', 'lib/linux-arm/asyn.dep was changed'],
  ['', 'lib/linux-arm/asyn.dep was changed'],
])('a .dep file without hash is compared with what the build requires: %j', (text, expected) => {
  const meta =
    'arch: linux-arm\nrequires: { calc: 1.0.0 }\nfiles: { db/asyn.db: 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 }\n'
  writeFiles(directory, { 'asyn_meta.yaml': meta })
  writeFileSync(join(directory, 'lib/linux-arm/asyn.dep'), text)
  expect(verify()[0]?.[2]).toBe(expected)
})
