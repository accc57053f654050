import { expect, test } from 'vitest'
import { emptyMacros } from '../../../../src/check/macros/empty.ts'
import { saidOf } from '../../../support/walked-ioc.ts'

const database = 'record(ai, "x") { field(PREC, "$(A=3)") field(DESC, "$(B=)") }\n$(C=#) $(D)\n'
const message = 'macro A is given empty, so the default "3" in'

test.each<[string, Record<string, string>, string[]]>([
  [
    'a load',
    { 'st.cmd': 'dbLoadRecords("x.db", "B=,A=")\n' },
    [`st.cmd:1:27 MACRO_EMPTY ${message} x.db is not used`],
  ],
  [
    'quotes around nothing',
    { 'st.cmd': `dbLoadRecords("x.db", "A=''")\n` },
    [`st.cmd:1:26 MACRO_EMPTY ${message} x.db is not used`],
  ],
  ['a value', { 'st.cmd': 'dbLoadRecords("x.db", "A=0")\n' }, []],
  ['an empty default', { 'st.cmd': 'dbLoadRecords("x.db", "B=")\n' }, []],
  ['a line that is switched on', { 'st.cmd': 'dbLoadRecords("x.db", "C=")\n' }, []],
  ['no default', { 'st.cmd': 'dbLoadRecords("x.db", "D=")\n' }, []],
  [
    'rows',
    {
      'st.cmd': 'dbLoadTemplate x.subs\n',
      'x.subs': 'file x.db { pattern { A }\n { 1 }\n { "" }\n { "" } }\n',
    },
    [`x.subs:3:4 MACRO_EMPTY ${message} x.db is not used`],
  ],
  [
    'a default in an included file',
    { 'st.cmd': 'dbLoadRecords("y.db", "A=")\n', 'y.db': 'include "x.db"\n' },
    [`st.cmd:1:24 MACRO_EMPTY ${message} x.db is not used`],
  ],
  [
    'a default in a comment',
    { 'st.cmd': 'dbLoadRecords("y.db", "A=")\n', 'y.db': '# $(A=3)\n$(A)\n' },
    [],
  ],
  [
    'a snippet',
    { 'st.cmd': 'iocshLoad s.iocsh "A=,S="\n', 's.iocsh': '$(S=#) echo ${A=3}\n' },
    [`st.cmd:1:20 MACRO_EMPTY ${message} s.iocsh is not used`],
  ],
])('%s', (_title, files, expected) => {
  expect(saidOf(emptyMacros, { files: { 'x.db': database, ...files } })).toEqual(expected)
})
