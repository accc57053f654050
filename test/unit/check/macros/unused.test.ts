import { expect, test } from 'vitest'
import { unusedMacros } from '../../../../src/check/macros/unused.ts'
import { formatPlace } from '../../../../src/text/span.ts'
import { saidOf, walkedIoc } from '../../../support/walked-ioc.ts'

const record = 'record(ai, "$(P)x") { field(DESC, "$(D=none)") }\n'

test.each<[string, Record<string, string>, string[]]>([
  [
    'dbLoadRecords, all names at once',
    { 'st.cmd': 'dbLoadRecords("x.db", "P=a,Q=1,R=2")\n', 'x.db': record },
    ['st.cmd:1:28 MACRO_UNUSED macros Q, R are given, but x.db does not use them'],
  ],
  ['everything is used', { 'st.cmd': 'dbLoadRecords("x.db", "P=a,D=1")\n', 'x.db': record }, []],
  [
    'no name, so that there is a set',
    {
      'st.cmd': 'dbLoadTemplate("x.subs", "P=a")\n',
      'x.subs': 'file x.db {\npattern { "" }\n{ "" }\n}\n',
      'x.db': record,
    },
    [],
  ],
  [
    'a name that the text makes of another one',
    {
      'st.cmd': 'dbLoadRecords("x.db", "P=a,IF_A=#,IF_B=,IG=")\n',
      'x.db': `$(IF_$(MODE=A))${record}`,
    },
    ['st.cmd:1:41 MACRO_UNUSED macro IG is given, but x.db does not use it'],
  ],
  [
    'a name that another value uses',
    { 'st.cmd': `dbLoadRecords("x.db", 'P=$(S):,S=1')\n`, 'x.db': record },
    [],
  ],
  [
    'a name that only an included file uses',
    {
      'st.cmd': 'dbLoadRecords("x.db", "P=a")\n',
      'x.db': 'include "y.db"\n',
      'y.db': record,
    },
    [],
  ],
  [
    'a name that only a comment uses',
    { 'st.cmd': 'dbLoadRecords("x.db", "P=a,Q=1")\n', 'x.db': `# $(Q)\n${record}` },
    [],
  ],
  [
    'one list for two databases of which one uses a name',
    {
      'st.cmd': 'dbLoadTemplate("x.subs", "P=a,E=1,U=2")\n',
      'x.subs': 'file x.db { { D=1 } }\nfile y.db { { D=1 } }\n',
      'x.db': record,
      'y.db': 'record(ai, "$(P)$(E)$(D)") {}\n',
    },
    ['st.cmd:1:35 MACRO_UNUSED macro U is given, but x.db and 1 more do not use it'],
  ],
  [
    'a column of a pattern: once',
    {
      'st.cmd': 'dbLoadTemplate("x.subs")\n',
      'x.subs': 'file x.db { pattern { P, Q }\n { a, 1 }\n { b, 2 }\n { c, 3 } }\n',
      'x.db': record,
    },
    ['x.subs:1:26 MACRO_UNUSED macro Q is given, but x.db does not use it'],
  ],
  [
    'sets: once',
    {
      'st.cmd': 'dbLoadTemplate("x.subs")\n',
      'x.subs': 'file x.db {\n { P=a, Q=1 }\n { P=b, Q=2 }\n}\n',
      'x.db': record,
    },
    ['x.subs:2:9 MACRO_UNUSED macro Q is given, but x.db does not use it'],
  ],
  [
    'a name that only one row uses',
    {
      'st.cmd': 'dbLoadTemplate("x.subs")\n',
      'x.subs': 'file x.db {\n { P="$(Q)", Q=1 }\n { P=b, Q=2 }\n}\n',
      'x.db': record,
    },
    [],
  ],
  [
    'globals',
    {
      'st.cmd': 'dbLoadTemplate("x.subs")\n',
      'x.subs': 'global { P=a, Q=1 }\nfile x.db { { D=1 } }\n',
      'x.db': record,
    },
    ['x.subs:1:15 MACRO_UNUSED macro Q is given, but x.db does not use it'],
  ],
  [
    'a macro only for the braces',
    {
      'st.cmd': 'dbLoadTemplate("x.subs")\n',
      'x.subs': 'file x.db { { NONE="" } }\n',
      'x.db': 'record(ai, x) {}\n',
    },
    [],
  ],
  [
    'a snippet',
    { 'st.cmd': 'iocshLoad("s.iocsh", "P=a,Q=1")\n', 's.iocsh': 'echo $(P)\n' },
    ['st.cmd:1:27 MACRO_UNUSED macro Q is given, but s.iocsh does not use it'],
  ],
  [
    'a snippet that hands them on',
    {
      'st.cmd': 'iocshLoad("s.iocsh", "P=a,Q=1")\n',
      's.iocsh': 'iocshLoad t.iocsh\n< u.cmd\n',
      't.iocsh': 'echo $(P)\n',
      'u.cmd': 'echo $(Q)\n',
    },
    [],
  ],
  [
    'a snippet with a script that is missing',
    { 'st.cmd': 'iocshLoad("s.iocsh", "P=a")\n', 's.iocsh': 'iocshLoad t.iocsh\n' },
    [],
  ],
  [
    'one whose variable is set first: that is said elsewhere',
    { 'st.cmd': 'iocshLoad("s.iocsh", "P=a")\n', 's.iocsh': 'epicsEnvSet P b\n' },
    [],
  ],
  [
    'iocshRun',
    { 'st.cmd': `iocshRun('echo $(P)', "P=a,Q=1")\n` },
    ['st.cmd:1:28 MACRO_UNUSED macro Q is given, but <iocshRun> does not use it'],
  ],
  [
    'a list made of a variable',
    {
      'st.cmd': 'epicsEnvSet L "P=a,Q=1"\ndbLoadRecords("x.db", "$(L)")\n',
      'x.db': record,
    },
    ['st.cmd:2:24 MACRO_UNUSED macro Q is given, but x.db does not use it'],
  ],
])('%s', (_title, files, expected) => {
  expect(saidOf(unusedMacros, { files })).toEqual(expected)
})

test('the IOC expands values that nothing uses, too', () => {
  const files = {
    'st.cmd': `dbLoadRecords("x.db", 'P=a,Q=$(NOWHERE),R=$(P)')\n`,
    'x.db': record,
  }
  const [found] = unusedMacros(walkedIoc({ files }).ioc)
  expect(found?.notes.map(({ message, at }) => [message, at?.start])).toEqual([
    ['the IOC warns all the same that NOWHERE is undefined in Q', 29],
  ])
})

test('names on other lines are shown where they are given', () => {
  const files = {
    'st.cmd': 'dbLoadTemplate("x.subs")\n',
    'x.subs': 'global { G=1, H=2 }\nfile x.db {\n pattern { P, Q }\n { a, 1 } }\n',
    'x.db': record,
  }
  const notes = [...unusedMacros(walkedIoc({ files }).ioc)].flatMap((one) => one.notes)
  expect(notes.map(({ message, at }) => `${at && formatPlace(at)} ${message}`)).toEqual([
    'x.subs:3:15 Q is given here',
  ])
})
