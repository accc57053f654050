import { expect, test } from 'vitest'
import { removedMacros } from '../../../../src/check/macros/removed.ts'
import { saidOf, walkedIoc } from '../../../support/walked-ioc.ts'

test.each<[string, Record<string, string>, string[]]>([
  [
    'a variable set before the macro is used',
    { 'st.cmd': 'iocshLoad x.iocsh "A=1"\n', 'x.iocsh': 'epicsEnvSet A 2\necho $(A)\n' },
    [
      'x.iocsh:1:1 MACRO_REMOVED this removes the macro A before x.iocsh uses it: the given value "1" has no effect',
    ],
  ],
  [
    'the given value is kept',
    { 'st.cmd': 'iocshLoad x.iocsh "A=1"\n', 'x.iocsh': 'epicsEnvSet A $(A=2)\n' },
    [],
  ],
  ['the same value', { 'st.cmd': 'iocshLoad x.iocsh "A=1"\n', 'x.iocsh': 'epicsEnvSet A 1\n' }, []],
  [
    'a script inside that sets it, used behind that',
    {
      'st.cmd': 'iocshLoad x.iocsh "A=1"\n',
      'x.iocsh': 'echo $(A)\niocshLoad y.iocsh\necho $(A)\n',
      'y.iocsh': 'epicsEnvSet A 2\necho $(A)\n',
    },
    [
      'y.iocsh:1:1 MACRO_REMOVED this removes the macro A of the scripts around: in x.iocsh:3 it is "2" from now on',
    ],
  ],
  [
    'one that is not used behind it',
    {
      'st.cmd': 'iocshLoad x.iocsh "A=1"\n',
      'x.iocsh': 'echo $(A)\niocshLoad y.iocsh\n',
      'y.iocsh': 'epicsEnvSet A 2\necho $(A)\n',
    },
    [],
  ],
  [
    'a snippet that is run often: once',
    {
      'st.cmd': 'iocshLoad x.iocsh "A=1"\niocshLoad x.iocsh "A=1"\n',
      'x.iocsh': 'epicsEnvSet A 2\n',
    },
    [
      'x.iocsh:1:1 MACRO_REMOVED this removes the macro A before x.iocsh uses it: the given value "1" has no effect',
    ],
  ],
])('%s', (_title, files, expected) => {
  expect(saidOf(removedMacros, { files })).toEqual(expected)
})

test('remedy and places', () => {
  const files = { 'st.cmd': 'iocshLoad x.iocsh "A=1"\n', 'x.iocsh': 'epicsEnvSet A 2\n' }
  const [found] = removedMacros(walkedIoc({ files }).ioc)
  expect(found?.hint).toBe('keep the given value: epicsEnvSet A "$(A=2)"')
  expect(found?.notes.map(({ message, at }) => [message, at?.source.name, at?.start])).toEqual([
    ['A is given here', 'st.cmd', 21],
  ])
})
