import { expect, test } from 'vitest'
import { shadowedVariables } from '../../../../src/check/macros/shadowed.ts'
import { saidOf } from '../../../support/walked-ioc.ts'

test.each<[string, Record<string, string>, string[]]>([
  [
    'both are used',
    { 'st.cmd': 'echo $(E)\niocshLoad x.iocsh "E=1"\n', 'x.iocsh': 'echo $(E)\n' },
    ['st.cmd:2:20 MACRO_SHADOWED in x.iocsh macro E is "1", elsewhere the variable E is "env"'],
  ],
  [
    'the variable is not used',
    { 'st.cmd': 'iocshLoad x.iocsh "E=1"\n', 'x.iocsh': 'echo $(E)\n' },
    [],
  ],
  [
    'the macro is not used',
    { 'st.cmd': 'echo $(E)\niocshLoad x.iocsh "E=1"\n', 'x.iocsh': 'echo\n' },
    [],
  ],
  [
    'a value made of the variable',
    { 'st.cmd': 'iocshLoad x.iocsh "E=$(E):1"\n', 'x.iocsh': 'echo $(E)\n' },
    [],
  ],
  [
    'the same value',
    { 'st.cmd': 'echo $(E)\niocshLoad x.iocsh "E=env"\n', 'x.iocsh': 'echo $(E)\n' },
    [],
  ],
])('%s', (_title, files, expected) => {
  expect(saidOf(shadowedVariables, { files, environment: { E: 'env' } })).toEqual(expected)
})
