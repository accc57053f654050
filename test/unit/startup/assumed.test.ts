import { expect, test } from 'vitest'
import { macroRules } from '../../../src/check/macros/rules.ts'
import { dependsOnUnknown } from '../../../src/startup/assumed.ts'
import { formatPlace } from '../../../src/text/span.ts'
import { walkedIoc } from '../../support/walked-ioc.ts'

/** What is said of the walk, its loads and its macros: `st.cmd:1:1 CODE NAME`. */
function saidOf(files: Record<string, string>, environment = {}): string[] {
  const { diagnostics, ioc } = walkedIoc({ files, environment })
  const all = [
    ...(ioc.outcome?.diagnostics ?? []),
    ...diagnostics,
    ...macroRules.flatMap((rule) => [...rule(ioc)]),
  ]
  expect(all.filter(dependsOnUnknown)).toEqual([])
  return all.map(({ at, code, message, severity }) => {
    const what =
      /(?:macros?|script|database|file) ((?:"[^"]*"|[\w, ])*?)(?:,? (?:is|are)\b|$)/.exec(message)
    const place = at ? formatPlace(at) : '-'
    return `${place} ${code} ${what?.[1] ?? ''}${severity === 'warning' ? ' ?' : ''}`.trim()
  })
}

const db = 'record(ai, "$(P)A") { field(INP, "$(PROT)") field(DESC, "$(D=none)") }\n'
const missing = 'st.cmd:1:26 MACRO_UNDEFINED SYS'
const protInDatabase = 'x.db:1:35 MACRO_UNDEFINED PROT'

/** The rest of a `dbLoadRecords("x.db", "P=$(SYS)...")` line, and what is said beside SYS. */
test.each<[title: string, rest: string, expected: string[]]>([
  [
    'a name nearly that of a missing one',
    ',PORT=1',
    [protInDatabase, 'st.cmd:1:33 MACRO_NEAR_MISS PORT ?'],
  ],
  ['a name that is not used', ',PROT=1,EXTRA=2', ['st.cmd:1:40 MACRO_UNUSED EXTRA']],
  ['an empty value', ',PROT=1,D=', ['st.cmd:1:40 MACRO_EMPTY D']],
  ['nothing', ',PROT=1', []],
  ['more names may be in a missing value', ',PORT=1,$(MORE)', ['st.cmd:1:40 MACRO_UNDEFINED MORE']],
  ['a value made of another one', ',PROT=$(P)', ['st.cmd:1:38 MACRO_UNDEFINED P']],
])('records: %s', (_title, rest, expected) => {
  const files = { 'st.cmd': `dbLoadRecords("x.db", "P=$(SYS)${rest}")\n`, 'x.db': db }
  expect(saidOf(files)).toEqual([missing, ...expected])
})

test.each<[title: string, text: string, expected: string[]]>([
  ['a name of a macro', 'record(ai, "$(A$(P))") {}\n', []],
  ['a name of a file', 'include "$(P).db"\n', []],
  ['a line', '$(P) record(ai, "$(PROT)") {}\n', ['st.cmd:1:33 MACRO_NEAR_MISS PORT ?']],
])('%s that is made of the missing value', (_title, text, expected) => {
  const files = { 'st.cmd': 'dbLoadRecords("x.db", "P=$(SYS),PORT=1")\n', 'x.db': text }
  expect(saidOf(files)).toEqual([missing, ...expected])
})

test('records of lines that are skipped are not in the IOC', () => {
  const files = { 'st.cmd': 'dbLoadRecords("x.db", "P=$(SYS),PROT=1")\n', 'x.db': db }
  const { ioc } = walkedIoc({ files })
  expect([...ioc.database.records.keys()]).toEqual([])
  expect(ioc.outcome?.assumed.hasRecords).toBe(true)
})

test.each<[title: string, script: string, files: Record<string, string>, expected: string[]]>([
  [
    'a file that does not exist',
    'dbLoadRecords("no.db", "P=$(SYS)")\n',
    {},
    ['st.cmd:1:27 MACRO_UNDEFINED SYS', 'st.cmd:1:15 FILE_NOT_FOUND "no.db"'],
  ],
  [
    'a file whose name is not known',
    'dbLoadRecords("$(SYS).db", "PORT=1")\n',
    {},
    ['st.cmd:1:16 MACRO_UNDEFINED SYS'],
  ],
  [
    'templates',
    'dbLoadTemplate("x.subs", "P=$(SYS),PORT=1")\n',
    { 'x.subs': 'file x.db { pattern { D, E } { 1, 2 } }\n', 'x.db': db },
    [
      'st.cmd:1:29 MACRO_UNDEFINED SYS',
      protInDatabase,
      'st.cmd:1:36 MACRO_NEAR_MISS PORT ?',
      'x.subs:1:26 MACRO_UNUSED E',
    ],
  ],
  [
    'a script',
    'iocshLoad("x.iocsh", "P=$(SYS),PORT=1,EXTRA=2")\n',
    { 'x.iocsh': 'echo $(P) $(PROT)\ndbLoadRecords("x.db", "PROT=1,F=2,P=$(P)")\n', 'x.db': db },
    [
      'st.cmd:1:25 MACRO_UNDEFINED SYS',
      'x.iocsh:1:11 MACRO_UNDEFINED PROT',
      'st.cmd:1:32 MACRO_NEAR_MISS PORT ?',
      'x.iocsh:2:31 MACRO_UNUSED F',
      'st.cmd:1:39 MACRO_UNUSED EXTRA',
    ],
  ],
  [
    'a script that does not exist',
    'iocshLoad("no.iocsh", "P=$(SYS),PORT=1")\necho $(X)\n',
    {},
    [
      'st.cmd:1:26 MACRO_UNDEFINED SYS',
      'st.cmd:1:1 FILE_NOT_FOUND "no.iocsh"',
      'st.cmd:2:6 MACRO_UNDEFINED X ?',
    ],
  ],
  [
    'what a script would have set',
    'iocshLoad("x.iocsh", "P=$(SYS)")\necho $(SET) $(OTHER)\n',
    { 'x.iocsh': 'epicsEnvSet SET $(P)\n' },
    ['st.cmd:1:25 MACRO_UNDEFINED SYS', 'st.cmd:2:13 MACRO_UNDEFINED OTHER'],
  ],
  [
    'what a line would have set',
    'epicsEnvSet("SET", "$(SYS)")\ndbLoadRecords("x.db", "P=$(SET),PROT=1,E=2")\n',
    { 'x.db': db },
    ['st.cmd:1:21 MACRO_UNDEFINED SYS', 'st.cmd:2:40 MACRO_UNUSED E'],
  ],
  [
    'a variable whose name is not known',
    'iocshLoad("x.iocsh", "P=$(SYS)")\n',
    { 'x.iocsh': 'epicsEnvSet $(P)SET 1\necho $(ASET)\n' },
    ['st.cmd:1:25 MACRO_UNDEFINED SYS'],
  ],
  [
    'a script that is not known',
    '< $(SYS)/x.cmd\necho $(X)\n',
    {},
    ['st.cmd:1:3 MACRO_UNDEFINED SYS', 'st.cmd:2:6 MACRO_UNDEFINED X ?'],
  ],
  [
    'a file that is searched in a folder that is not known',
    'epicsEnvSet("EPICS_DB_INCLUDE_PATH", "$(SYS)/db")\ndbLoadRecords("no.db", "P=$(SYS)")\n',
    {},
    ['st.cmd:1:39 MACRO_UNDEFINED SYS'],
  ],
  [
    'a file behind a cd that is skipped',
    'cd $(SYS)\ndbLoadRecords("no.db", "P=$(SYS)")\n',
    {},
    ['st.cmd:1:4 MACRO_UNDEFINED SYS'],
  ],
  [
    'a file whose place is not known',
    'iocshLoad("x.iocsh", "P=$(SYS)")\n',
    { 'x.iocsh': 'cd $(P)\ndbLoadRecords("no.db")\n' },
    ['st.cmd:1:25 MACRO_UNDEFINED SYS'],
  ],
])('%s', (_title, script, files, expected) => {
  expect(saidOf({ 'st.cmd': script, ...files })).toEqual(expected)
})

test('macros of the script around are used by what is skipped', () => {
  const files = {
    'st.cmd': 'iocshLoad("outer.iocsh", "Q=1,R=2")\n',
    'outer.iocsh': 'iocshLoad("inner.iocsh", "P=$(SYS)")\niocshLoad("inner.iocsh", "P=$(SYS)")\n',
    'inner.iocsh': 'echo $(P) $(Q)\n',
  }
  expect(saidOf(files)).toEqual([
    'outer.iocsh:1:29 MACRO_UNDEFINED SYS',
    'st.cmd:1:31 MACRO_UNUSED R',
  ])
})

test.each([
  ['itself', 'iocshLoad("st.cmd", "P=$(SYS)")\n'.repeat(2)],
  ['itself with growing macros', 'iocshLoad("st.cmd", "P=$(P=)x$(SYS)")\n'.repeat(2)],
])('a script that loads %s ends', (_title, text) => {
  const codes = saidOf({ 'st.cmd': text }).map((one) => one.split(' ')[1])
  expect(new Set(codes)).toEqual(new Set(['MACRO_UNDEFINED']))
})
