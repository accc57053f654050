import { expect, test } from 'vitest'
import { fileFormats } from '../../../src/startup/file-formats.ts'
import { partsOf } from '../../../src/startup/parts.ts'
import { settle } from '../../../src/startup/settle.ts'
import { formatPlace, spanOf } from '../../../src/text/span.ts'
import { sourcesOf } from '../../support/sources.ts'
import { type Folder, memoryReader } from '../../support/tree.ts'

const at = spanOf({ name: '<command line>', text: 'iocsh st.cmd' }, 6, 12)

function settled(files: Record<string, string>, tree: Folder) {
  const reader = sourcesOf(files)
  const { value: parts } = partsOf(
    [{ kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at }],
    { cwd: '/here', reader },
  )
  const site = {
    reader: memoryReader({ m: tree }),
    roots: [{ directory: '/m', origin: '-l' }],
    architecture: 'x',
  }
  const { outcome, diagnostics } = settle(
    { parts, environment: new Map(), cwd: '/here', reader, formats: () => fileFormats },
    site,
  )
  return {
    modules: outcome.loaded.map(({ name, version }) => `${name} ${version.text}`),
    found: diagnostics.map(({ code, at: place }) => `${code} ${place ? formatPlace(place) : ''}`),
  }
}

const version = (name: string, dep = ''): Folder => ({ lib: { x: { [`${name}.dep`]: dep } } })

test('a snippet is found in the version that is chosen, and may require more', () => {
  const files = {
    '/here/st.cmd': 'require a\niocshLoad $(a_DIR)a.iocsh\n',
    '/m/a/2.0.0/a.iocsh': 'require b\niocshLoad $(b_DIR)b.iocsh\n',
    '/m/b/1.0.0/b.iocsh': 'require c,1.0.0\n',
  }
  const tree = {
    a: { '1.0.0': version('a'), '2.0.0': version('a') },
    b: { '1.0.0': version('b') },
    c: { '1.0.0': version('c'), '1.1.0': version('c') },
  }
  expect(settled(files, tree)).toEqual({ modules: ['a 2.0.0', 'b 1.0.0', 'c 1.0.0'], found: [] })
})

test('a snippet that changes the version it belongs to does not settle', () => {
  const files = {
    '/here/st.cmd': 'require a\niocshLoad $(a_DIR)a.iocsh\n',
    '/m/a/2.0.0/a.iocsh': 'require b\n',
    '/m/a/1.0.0/a.iocsh': '\n',
  }
  const tree = {
    a: { '1.0.0': version('a'), '2.0.0': version('a') },
    b: { '1.0.0': version('b', 'a 1.0.0\n') },
  }
  expect(settled(files, tree).found).toEqual(['SCRIPT_UNSETTLED st.cmd:1:9'])
})

test('while modules are missing, nothing is said about what may depend on them', () => {
  const lines = [
    'require nosuch',
    'iocshLoad $(nosuch_DIR)a.iocsh',
    'dbLoadRecords nosuch.db',
    'cd $(nosuch_DIR)',
    'iocshLoad nosuch.cmd',
    'cd nowhere',
  ]
  const files = { '/here/st.cmd': lines.map((line) => `${line}\n`).join('') }
  expect(settled(files, {}).found).toEqual(['MODULE_NOT_FOUND st.cmd:1:9'])
})

test('a missing module does not hide other mistakes', () => {
  const lines = ['require nosuch', '< nosuch.cmd', 'dbLoadRecords db/x.db', 'cd nowhere', 'dbpf "x']
  const files = { '/here/st.cmd': lines.map((line) => `${line}\n`).join('') }
  expect(settled(files, {}).found.sort()).toEqual([
    'DIRECTORY_NOT_FOUND st.cmd:4:4',
    'FILE_NOT_FOUND st.cmd:2:1',
    'FILE_NOT_FOUND st.cmd:3:15',
    'MODULE_NOT_FOUND st.cmd:1:9',
    'SHELL_SYNTAX st.cmd:5:6',
  ])
})
