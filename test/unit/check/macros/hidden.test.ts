import { expect, test } from 'vitest'
import { hiddenMacros } from '../../../../src/check/macros/hidden.ts'
import { formatPlace } from '../../../../src/text/span.ts'
import { saidOf, walkedIoc } from '../../../support/walked-ioc.ts'

const load = 'dbLoadRecords("x.db", "P=a")\n'
const database = 'stands in single quotes: the IOC does not expand it'

test.each<[string, Record<string, string>, string[]]>([
  [
    'a value in single quotes',
    { 'st.cmd': load, 'x.db': `record(ai, "x") {\n field(DESC, '$(P)x') }\n` },
    [`x.db:2:15 MACRO_QUOTED $(P) ${database}`],
  ],
  [
    'JSON',
    { 'st.cmd': load, 'x.db': `record(ai, "x") { field(INP, {pva:'\${P}y'}) }\n` },
    [`x.db:1:36 MACRO_QUOTED \${P} ${database}`],
  ],
  [
    'once for a pair of quotes, once for a file',
    {
      'st.cmd': load + load.replace('a', 'b'),
      'x.db': `record(ai, "x") { field(DESC, '$(P)$(P)') }\n`,
    },
    [`x.db:1:32 MACRO_QUOTED $(P) ${database}`],
  ],
  [
    'an apostrophe in a string',
    { 'st.cmd': load, 'x.db': `record(ai, "x") { field(DESC, "don't $(P)") }\n` },
    [],
  ],
  [
    'an apostrophe in a comment',
    { 'st.cmd': load, 'x.db': `# don't $(P)\nrecord(ai, "$(P)") {} # it's $(P)\n` },
    [],
  ],
  [
    'a list in single quotes',
    { 'st.cmd': `epicsEnvSet S s\ndbLoadRecords("x.db", 'P=$(S)')\n`, 'x.db': '' },
    ['st.cmd:2:26 MACRO_QUOTED $(S) stands in single quotes: dbLoadRecords gets it as it is'],
  ],
  [
    'a list whose macros use each other',
    { 'st.cmd': `dbLoadRecords("x.db", 'P=$(S),S=s')\n`, 'x.db': '$(P)\n' },
    [],
  ],
  [
    'commands that are run later',
    { 'st.cmd': `iocshRun('echo $(A)', 'A=1')\nsystem 'echo $(date)'\nepicsEnvSet A '$(B)'\n` },
    [],
  ],
  [
    'dbLoadTemplate takes them for double quotes',
    {
      'st.cmd': 'dbLoadTemplate x.subs\n',
      'x.subs': `file x.db { { P='$(S)', S=s } }\n`,
      'x.db': '$(P)\n',
    },
    [],
  ],
])('%s', (_title, files, expected) => {
  expect(saidOf(hiddenMacros, { files })).toEqual(expected)
})

test('the quote has a note', () => {
  const files = { 'st.cmd': load, 'x.db': `record(ai, "x") { field(DESC, 'a$(P)') }\n` }
  const [found] = hiddenMacros(walkedIoc({ files }).ioc)
  expect(found?.notes.map(({ at }) => at && formatPlace(at))).toEqual(['x.db:1:31'])
})
