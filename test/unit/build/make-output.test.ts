import { expect, test } from 'vitest'
import { readMakeErrors } from '../../../src/build/make-output.ts'

test.each([
  [
    'x.mk:3: *** missing separator.  Stop.',
    [{ file: 'x.mk', line: 3, text: 'missing separator.' }],
  ],
  ['x.mk:4: *** gone wrong.  Stop.', [{ file: 'x.mk', line: 4, text: 'gone wrong.' }]],
  [
    "make: *** No rule to make target 'a b.c', needed by 'all'.  Stop.",
    [{ missing: 'a b.c', text: "No rule to make target 'a b.c', needed by 'all'." }],
  ],
  [
    'make[1]: *** [../x.mk:12: x.h] Error 127',
    [{ file: '../x.mk', line: 12, failed: 'x.h', text: '[../x.mk:12: x.h] Error 127' }],
  ],
  [
    "x.mk:1: /no/driver.makefile: No such file or directory\nmake: *** No rule to make target '/no/driver.makefile'.  Stop.",
    [{ file: 'x.mk', line: 1, text: '/no/driver.makefile: No such file or directory' }],
  ],
  ["make: Target 'all' not remade because of errors.", []],
  ["x.c:3: error: 'y' undeclared", []],
  ['make: warning: jobserver unavailable', []],
  ['', []],
])('%s', (output, expected) => {
  expect(readMakeErrors(output)).toEqual(expected)
})

test('all failed rules of a run with --keep-going', () => {
  const output = [
    'rpcgen x',
    'make: *** [m.mk:2: a] Error 1',
    'make: *** [m.mk:5: b] Error 2',
    "make: Target 'c' not remade because of errors.",
  ]
  expect(readMakeErrors(output.join('\n')).map(({ failed }) => failed)).toEqual(['a', 'b'])
})
