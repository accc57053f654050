import { expect, test } from 'vitest'
import { loadIoc } from '../../../../src/check/load/ioc.ts'
import type { ResolvedModule } from '../../../../src/modules/resolution.ts'
import { fileFormats } from '../../../../src/startup/file-formats.ts'
import { partsOf } from '../../../../src/startup/parts.ts'
import { walk } from '../../../../src/startup/walk.ts'
import type { WalkEvent } from '../../../../src/startup/walk-types.ts'
import { formatPlace, originsOf, spanOf } from '../../../../src/text/span.ts'
import { parseVersion } from '../../../../src/version/version.ts'
import { sourcesOf } from '../../../support/sources.ts'

const dbd = `
menu(menuScan) { choice(menuScanPassive,"Passive") choice(menuScan1_second,"1 second") }
recordtype(ai) {
  field(NAME,DBF_STRING) { special(SPC_NOMOD) size(61) }
  field(DESC,DBF_STRING) { size(41) }
  field(SCAN,DBF_MENU) { menu(menuScan) }
  field(PREC,DBF_SHORT) { }
}
`

/** A module is loaded in front of the first file that the script loads. */
function load(files: Record<string, string>, module?: ResolvedModule) {
  const reader = sourcesOf(
    Object.fromEntries(
      Object.entries({ 'base/dbd/ioc.dbd': dbd, ...files }).map(([name, text]) => [
        `/here/${name}`,
        text,
      ]),
    ),
  )
  const at = spanOf({ name: '<command line>', text: 'iocsh st.cmd' }, 6, 12)
  const start = { kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at } as const
  const { value: parts } = partsOf([start], { cwd: '/here', reader })
  const environment = new Map<string, string>()
  const outcome = walk({
    ...{ parts, environment, cwd: '/here', reader, modules: [], incomplete: false },
    formats: () => fileFormats,
  })
  const events = outcome.events.flatMap((event): WalkEvent[] =>
    module && event.kind === 'load'
      ? [{ kind: 'module', module, call: event.file.call }, event]
      : [event],
  )
  const all = { ...outcome, events }
  return loadIoc({ name: 'st.cmd', outcome: all, reader, dbd: '/here/base/dbd/ioc.dbd' })
}

function found(files: Record<string, string>): string[] {
  return load(files).diagnostics.map(({ code, at }) => `${code} ${at ? formatPlace(at) : ''}`)
}

function names(files: Record<string, string>): string[] {
  return [...load(files).ioc.database.records.keys()]
}

test.each<[string, Record<string, string>, string[]]>([
  [
    'a database with macros',
    {
      'st.cmd': 'dbLoadRecords a.db "P=x:"\n',
      'a.db': 'record(ai,"$(P)a") {}\n',
    },
    ['x:a'],
  ],
  [
    'templates of a substitution file, globals of the command',
    {
      'st.cmd': 'dbLoadTemplate a.subs "P=x:"\n',
      'a.subs': 'file a.db { pattern {N} {1} {2} }\n',
      'a.db': 'record(ai,"$(P)$(N)") {}\n',
    },
    ['x:1', 'x:2'],
  ],
  [
    'files that a database includes',
    {
      'st.cmd': 'epicsEnvSet EPICS_DB_INCLUDE_PATH db\ndbLoadRecords a.db P=x\n',
      'db/a.db': 'include "b.db"\n',
      'db/b.db': 'record(ai,"$(P)") {}\n',
    },
    ['x'],
  ],
  [
    'record types of a dbd file of the script',
    {
      'st.cmd': 'dbLoadDatabase a.dbd\ndbLoadRecords a.db\n',
      'a.dbd': 'recordtype(mine) { field(NAME,DBF_STRING) { special(SPC_NOMOD) size(61) } }\n',
      'a.db': 'record(mine,"a") {}\n',
    },
    ['a'],
  ],
  [
    'what comes after iocInit is refused',
    {
      'st.cmd': 'dbLoadRecords a.db\niocInit\ndbLoadRecords b.db\n',
      'a.db': 'record(ai,"a") {}\n',
      'b.db': 'record(ai,"b") {}\n',
    },
    ['a'],
  ],
])('%s', (_, files, expected) => {
  expect(names(files)).toEqual(expected)
})

test.each<[string, Record<string, string>, string[]]>([
  [
    'an unknown field, once for all rows',
    {
      'st.cmd': 'dbLoadTemplate a.subs\n',
      'a.subs': 'file a.db { {N=1} {N=2} }\n',
      'a.db': 'record(ai,"$(N)") {\n  field(PRECC,"1")\n}\n',
    },
    ['FIELD_UNKNOWN a.db:2:9'],
  ],
  [
    'a record of a type whose dbd file comes later',
    {
      'st.cmd': 'dbLoadRecords a.db\ndbLoadDatabase a.dbd\n',
      'a.dbd': 'recordtype(mine) { field(NAME,DBF_STRING) { special(SPC_NOMOD) size(61) } }\n',
      'a.db': 'record(mine,"a") {}\n',
    },
    ['RECORD_TYPE_UNKNOWN a.db:1:8'],
  ],
  [
    'mistakes of a substitution file',
    { 'st.cmd': 'dbLoadTemplate a.subs\n', 'a.subs': 'file a.db { {N=,M=1} }\n' },
    ['SUBSTITUTION_SYNTAX a.subs:1:16'],
  ],
])('findings: %s', (_, files, expected) => {
  expect(found(files)).toEqual(expected)
})

test('the same file with the same macros is loaded once', () => {
  const { ioc } = load({
    'st.cmd': 'dbLoadRecords a.db P=1\ndbLoadRecords a.db P=1\ndbLoadRecords a.db P=2\n',
    'a.db': 'record(ai,"$(P)") {}\n',
  })
  expect(ioc.loads.map(({ given }) => given.map(({ raw }) => raw).join())).toEqual(['1', '2'])
  expect(ioc.repeats?.map(({ first, at }) => [first, formatPlace(at)])).toEqual([
    [ioc.loads[0], 'st.cmd:2:15'],
  ])
})

test('a place in a template leads to the row and the line of the script', () => {
  const { ioc } = load({
    'st.cmd': '# comment\ndbLoadTemplate a.subs\n',
    'a.subs': 'file a.db {\n  {N=1}\n}\n',
    'a.db': 'record(ai,"$(N)") {}\n',
  })
  const record = ioc.database.records.get('1')
  const span = record?.in.spanOf(record.start, record.end)
  expect(span && formatPlace(span)).toBe('a.db:1:1')
  expect(span && Array.from(originsOf(span), ({ at }) => formatPlace(at))).toEqual([
    'a.subs:2:3',
    'st.cmd:2:16',
  ])
})

test.each([
  ['with its library', '/m/libm.so', []],
  ['without one', undefined, ['RECORD_TYPE_UNKNOWN a.db:1:8']],
])('the dbd of a module %s', (_, library, expected) => {
  const files = {
    'm.dbd': 'recordtype(extra) { field(NAME, DBF_STRING) { size(61) } }\n',
    'st.cmd': 'dbLoadRecords a.db\n',
    'a.db': 'record(extra, "x") {}\n',
  }
  const module: ResolvedModule = {
    ...{ name: 'm', version: parseVersion('1.0.0'), directory: '/m', root: '/' },
    ...{ archDirectory: '/m', dbd: '/here/m.dbd', dependencies: [], requestedBy: [] },
    ...(library && { library }),
  }
  const { diagnostics } = load(files, module)
  expect(diagnostics.map(({ code, at }) => `${code} ${at ? formatPlace(at) : ''}`)).toEqual(
    expected,
  )
})

test.each([
  ['', 100, ['SUBSTITUTION_LIMIT a.subs:1:421']],
  ['var dbTemplateMaxVars 200\n', 101, []],
  ['var dbTemplateMaxVars 50\n', 50, ['SUBSTITUTION_LIMIT a.subs:1:221']],
])('%jdbLoadTemplate takes so many names: %i', (before, count, expected) => {
  const names = Array.from({ length: 101 }, (_, index) => `N${String(index).padStart(2, '0')}`)
  const files = {
    'st.cmd': `${before}dbLoadTemplate a.subs\n`,
    'a.subs': `file a.db {pattern {${names.join(' ')}} {${names.join(' ')}}}\n`,
    'a.db': 'record(ai,"a") { field(DESC, "$(N00)$(N49)$(N99)$(N100=x)") }\n',
  }
  const codes = found(files).filter((one) => one.startsWith('SUBSTITUTION_LIMIT'))
  expect(codes).toEqual(expected)
  const given = load(files).ioc.loads[0]?.given.length
  expect(given).toBe(count)
})

test('files with a byte order mark, each once', () => {
  const files = {
    'st.cmd':
      '\ufeffdbLoadDatabase a.dbd\ndbLoadRecords a.db\ndbLoadRecords a.db "A=1"\ndbLoadTemplate a.subs\n',
    'a.dbd': '\ufeffdriver(a)\n',
    'a.db': '\ufeffinclude "b.db"\n',
    'b.db': '\ufeff# comment\n',
    'a.subs': '\ufefffile b.db {{}}\n',
  }
  expect(new Set(found(files))).toEqual(
    new Set(
      ['a.dbd:1:1', 'a.db:1:1', 'b.db:1:1', 'a.subs:1:1'].map((at) => `FILE_BYTE_ORDER_MARK ${at}`),
    ),
  )
})

test('records in a dbd file are loaded and checked, also in files that it includes', () => {
  const files = {
    'st.cmd': 'dbLoadDatabase a.dbd "" P=x:\ndbLoadRecords b.db\n',
    'a.dbd':
      'driver(d)\nrecord(ai,"$(P)a") {\n  field(NONE,"1")\n}\nalias("$(P)a","b")\ninclude "c.dbd"\n# $(UNKNOWN)\n',
    'c.dbd': 'alias("none","c")\nrecord(ai,"$(P)c") {}\nrecord(ai "$(P)d") {}\n',
    'b.db': 'record("*","x:a") { field(PREC,"2") }\n',
  }
  expect(names(files)).toEqual(['x:a', 'x:c'])
  expect(new Set(found(files))).toEqual(
    new Set([
      'FIELD_UNKNOWN a.dbd:3:9',
      'MACRO_UNDEFINED a.dbd:7:3',
      'RECORD_NOT_FOUND c.dbd:1:7',
      'DBD_SYNTAX c.dbd:3:11',
    ]),
  )
})

test.each([
  ['', []],
  ['var dbRecordsOnceOnly 1\n', ['RECORD_TWICE a.db:1:12', 'RECORD_TWICE a.db:4:12']],
  ['var dbRecordsOnceOnly 1\nvar dbRecordsOnceOnly 0\n', []],
])('%jdbRecordsOnceOnly: a record is defined once', (script, expected) => {
  const files = {
    'st.cmd': `dbLoadRecords b.db\n${script}dbLoadRecords a.db\n`,
    'a.db':
      'record(ai, "a") { field(NONE, "1") }\nrecord("*", "a") {}\nrecord(ai, "c") {}\nrecord(ai, "c") {}\n',
    'b.db': 'record(ai, "a") {}\n',
  }
  const told = found(files).filter((one) => one.startsWith('RECORD_TWICE'))
  expect(told).toEqual(expected)
})

test('dbConvertStrict holds for what is loaded behind it', () => {
  const load = (name: string, macros: string) => `dbLoadRecords ${name}.db "${macros}"\n`
  const files = {
    'st.cmd': [
      ...[load('a', 'P=1,N=70000'), load('b', 'P=1,N=70000'), load('b', 'P=2,N=7')],
      ...['var dbConvertStrict 1\n', load('a', 'P=3,N=70000'), load('b', 'P=4,N=70000')],
      ...['var dbConvertStrict 0\n', load('a', 'P=5,N=70000')],
    ].join(''),
    'a.db': 'record(ai, "$(P)a") { field(PREC, "$(N)") }\n',
    'b.db': 'record(ai, "$(P)b") { field(PREC, "$(N)") }\n',
  }
  const told = found(files).filter((one) => /^VALUE/.test(one))
  expect(told).toEqual([
    ...['VALUE_RANGE a.db:1:35', 'VALUE_RANGE b.db:1:35'],
    ...['VALUE_NUMBER a.db:1:35', 'VALUE_NUMBER b.db:1:35'],
  ])
})
