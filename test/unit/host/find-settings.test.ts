import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findSettings } from '../../../src/host/find-settings.ts'
import { noSettings } from '../../../src/settings/settings.ts'
import { sourcesOf } from '../../support/sources.ts'

let top = ''
const uid = process.getuid?.() ?? 0

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'e3-settings-'))
  mkdirSync(join(top, 'a/b/c'), { recursive: true })
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

function put(path: string, text = ''): void {
  writeFileSync(join(top, path), text)
}

function find(folder: string, as = uid) {
  const { value, diagnostics } = findSettings(folder, { cwd: top, uid: as })
  return { value, directory: value.directory, codes: diagnostics.map(({ code }) => code) }
}

test('the nearest file above counts', () => {
  put('e3.yaml', 'base: 7.0.8')
  put('a/e3.yaml', 'base: 7.0.10')
  expect(find('a/b/c')).toMatchObject({ directory: join(top, 'a'), codes: [] })
  expect(find('.')).toMatchObject({ directory: top, value: { base: { text: '7.0.8' } } })
  expect(find('a').value.source?.name).toBe('a/e3.yaml')
})

test('no file: empty settings of the folder', () => {
  const search = { cwd: '/here', uid, reader: sourcesOf({}) }
  const { value, diagnostics } = findSettings('a/b', search)
  expect({ value, diagnostics }).toEqual({ value: noSettings('/here/a/b'), diagnostics: [] })
})

test('a folder that does not exist has settings above', () => {
  put('a/e3.yaml')
  expect(find('a/no/where').directory).toBe(join(top, 'a'))
})

test('a link to a folder: above is where the link is', () => {
  put('a/e3.yaml')
  symlinkSync(tmpdir(), join(top, 'a/link'))
  expect(find('a/link').directory).toBe(join(top, 'a'))
})

test('folders of this name are passed', () => {
  put('e3.yaml')
  mkdirSync(join(top, 'a/e3.yaml'))
  expect(find('a/b')).toMatchObject({ directory: top, codes: [] })
})

test.each(['nowhere', 'e3.yaml'])(
  'a link to %s is an error, and nothing further up is taken',
  (to) => {
    put('e3.yaml')
    symlinkSync(to, join(top, 'a/e3.yaml'))
    expect(find('a/b')).toMatchObject({ directory: join(top, 'a'), codes: ['FILE_UNREADABLE'] })
  },
)

test('a named pipe is an error, and is not waited for', () => {
  execFileSync('mkfifo', [join(top, 'a/e3.yaml')])
  expect(find('a/b').codes).toEqual(['FILE_UNREADABLE'])
})

test('mistakes in the file are reported with its name', () => {
  put('a/e3.yaml', 'bse: 1')
  const { diagnostics } = findSettings('a', { cwd: top, uid })
  expect(diagnostics[0]).toMatchObject({
    code: 'SETTINGS_KEY',
    at: { source: { name: 'a/e3.yaml' } },
  })
})

test('a file that is no text is an error, and nothing further up is taken', () => {
  put('e3.yaml', 'base: 7.0.8')
  put('a/e3.yaml', 'a\0b')
  expect(find('a')).toMatchObject({ directory: join(top, 'a'), codes: ['FILE_UNREADABLE'] })
})

test('e3.yml is named', () => {
  put('a/e3.yml')
  put('e3.yaml')
  expect(find('a/b')).toMatchObject({ directory: top, codes: ['SETTINGS_FILE_NAME'] })
})

test('settings of others in a folder for everybody are not read', () => {
  put('e3.yaml', 'base: 7.0.8')
  put('a/e3.yaml', 'base: /tmp/evil')
  const owner = uid === 0 ? 4711 : uid
  if (uid === 0) for (const path of ['e3.yaml', 'a/e3.yaml']) chownSync(join(top, path), owner, 0)
  expect(find('a', owner + 1).directory).toBe(join(top, 'a'))
  chmodSync(join(top, 'a'), 0o1777)
  expect(find('a', owner + 1)).toMatchObject({ directory: top, codes: ['SETTINGS_UNSAFE'] })
  expect(find('a', owner).directory).toBe(join(top, 'a'))
})
