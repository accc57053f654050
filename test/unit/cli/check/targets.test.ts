import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withSettings } from '../../../../src/cli/check/site-settings.ts'
import {
  distinctFiles,
  filesOf,
  type NamedFile,
  targetsOf,
} from '../../../../src/cli/check/targets.ts'
import { readSettings } from '../../../../src/settings/settings.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { sourcesOf } from '../../../support/sources.ts'

const at = spanOf({ name: '<command line>', text: 'e3 check' })

function file(name: string, change: Partial<NamedFile> = {}): NamedFile {
  return { name, path: `/w/${name}`, isFound: false, macros: [], at, ...change }
}

const yaml = `require: [asyn]
iocs:
  - name: A
    script: iocs/a/st.cmd
    macros: { P: 'A:' }
    arguments: ['-n', 'LAB:A', 'X=1']
  - name: B
    script: iocs/b/st.cmd
    require: [stream]
`
const settings = readSettings({ name: 'e3.yaml', text: yaml }, '/w/e3.yaml').value
const none = readSettings({ name: 'e3.yaml', text: '{}' }, '/w/e3.yaml').value

function targets(files: NamedFile[], change: object = {}) {
  return targetsOf(files, {
    ...{ cwd: '/w', env: {}, requires: [], settings: none, startsInFolder: false },
    reader: sourcesOf({ '/w/args': '-l trees -n LAB:ARGS\n' }, '/w'),
    ...change,
  })
}

test.each<[string, NamedFile, object, string[]]>([
  ['a script that was named', file('a/st.cmd'), {}, ['/w']],
  ['with --cd', file('a/st.cmd'), { startsInFolder: true }, ['/w/a']],
  ['found in a folder', file('a/st.cmd', { isFound: true }), {}, ['/w/a', '/w']],
  ['a database', file('a/x.db', { isFound: true }), { startsInFolder: true }, ['/w']],
])('where it starts: %s', (_title, one, change, folders) => {
  expect(targets([one], change)[0]?.folders).toEqual(folders)
})

test('databases find what is beside them; templates without macros are told apart', () => {
  const macro = { name: 'P', value: 'x', at }
  const [plain, given] = targets([file('db/x.template'), file('db/x.db', { macros: [macro] })], {
    env: { EPICS_DB_INCLUDE_PATH: '/site/db' },
  })
  expect(plain?.environment.get('EPICS_DB_INCLUDE_PATH')).toBe('/site/db:/w/db')
  expect([plain?.isTemplate, given?.isTemplate]).toEqual([true, false])
})

test('several IOCs without names do not share one', () => {
  const names = targets([file('a.cmd'), file('b.cmd')]).map(({ iocName }) => iocName)
  expect(new Set(names).size).toBe(2)
})

test('one script for two IOCs: messages name the IOC', () => {
  const files = [file('st.cmd', { iocName: 'LAB:A' }), file('st.cmd', { iocName: 'LAB:B' })]
  const labels = targets([...files, file('b.cmd')]).map(({ label }) => label)
  expect(labels).toEqual(['LAB:A', 'LAB:B', 'b.cmd'])
})

test('a file is looked at once for each set of macros', () => {
  const macros = [{ name: 'P', value: 'x', at }]
  const all = [file('a.db'), file('a.db'), file('a.db', { macros })]
  expect(distinctFiles(all)).toHaveLength(2)
})

test('a folder with IOCs of the settings stands for these', () => {
  const found = ['iocs/c/st.cmd', 'iocs/a/st.cmd'].map((name) =>
    file(name, { isFound: true, folder: '/w/iocs' }),
  )
  const files = withSettings(found, settings, '/w')
  expect(files.map(({ name, iocName }) => [name, iocName])).toEqual([
    ['iocs/a/st.cmd', 'A'],
    ['iocs/b/st.cmd', 'B'],
  ])
})

test.each<[string, NamedFile, string]>([
  ['a script of the settings starts as they say', file('iocs/a/st.cmd'), 'LAB:A'],
  [
    'but not with macros of the command line',
    file('iocs/a/st.cmd', { macros: [{ name: 'P', value: 'x', at }] }),
    'TEST',
  ],
])('%s', (_title, one, iocName) => {
  const [target] = targets(withSettings([one], settings, '/w'), { settings })
  expect(target?.iocName).toBe(iocName)
})

test('modules of all IOCs first, then those of the IOC, its script, further arguments', () => {
  const [a, b] = targets(
    withSettings([file('x', { isFound: true, folder: '/w' })], settings, '/w'),
    { settings },
  )
  const kinds = (target: typeof a) =>
    target?.actions.map((action) => (action.kind === 'require' ? action.text : action.kind))
  expect(kinds(a)).toEqual(['asyn', 'file', 'environment'])
  expect(kinds(b)).toEqual(['asyn', 'stream', 'file'])
})

test.each([
  ['nofile.db', []],
  ['nofolder/', ['there is no folder nofolder/']],
  ['no*.db', ['no file fits the pattern no*.db']],
])('nothing to look at: %s', async (text, messages) => {
  const { diagnostics } = await filesOf([{ text, at, macros: [] }], import.meta.dirname)
  expect(diagnostics.map(({ message }) => message)).toEqual(messages)
})

test('links to folders are named where nothing else is found', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'e3-files-'))
  mkdirSync(join(cwd, 'tree'))
  symlinkSync('..', join(cwd, 'tree/up'))
  const { diagnostics } = await filesOf([{ text: 'tree', at, macros: [] }], cwd)
  expect(diagnostics).toMatchObject([
    { code: 'NOTHING_FOUND', notes: [{ message: 'the link tree/up to a folder is not followed' }] },
  ])
  rmSync(cwd, { recursive: true })
})

test('a folder with too many files: a warning beside what was found', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'e3-files-'))
  for (const name of ['st.cmd', 'a', 'b']) writeFileSync(join(cwd, name), '')
  const { value, diagnostics } = await filesOf([{ text: '.', at, macros: [] }], cwd, 2)
  expect(value.map(({ name }) => name)).toEqual(['st.cmd'])
  expect(diagnostics).toMatchObject([{ code: 'FILE_UNREADABLE', severity: 'warning' }])
  rmSync(cwd, { recursive: true })
})

test.each<[string, string, object]>([
  ['an option that there is not', "['--nosuch']", { diagnostics: [{ code: 'OPTION_UNKNOWN' }] }],
  ['a value that is missing', "['-n']", { diagnostics: [{ code: 'OPTION_VALUE' }] }],
  ['an argument file that is missing', "['@no']", { diagnostics: [{ code: 'ARGUMENT_FILE' }] }],
  [
    'an argument file, in the folder of the settings',
    "['@args']",
    { diagnostics: [], iocName: { text: 'LAB:ARGS' }, modulePaths: [{ text: '/w/trees' }] },
  ],
])('arguments of the settings: %s', (_title, words, expected) => {
  const text = `iocs: [{ name: A, script: st.cmd, arguments: ${words} }]\n`
  const known = readSettings({ name: 'e3.yaml', text }, '/w/e3.yaml').value
  const [ioc] = known.iocs
  if (!ioc) throw new Error('no IOC')
  const [target] = targets([file('st.cmd', { ioc })], { settings: known, cwd: '/elsewhere' })
  expect(target?.further).toMatchObject(expected)
})
