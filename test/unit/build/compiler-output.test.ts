import { describe, expect, test } from 'vitest'
import {
  charactersTo,
  linkerErrors,
  missingHeader,
  readCompilerOutput,
} from '../../../src/build/compiler-output.ts'

describe('readCompilerOutput', () => {
  test.each([
    ['a.c:3:5: error: no x', { kind: 'error', file: 'a.c', line: 3, column: 5, text: 'no x' }],
    ['a.c:3: warning: odd', { kind: 'warning', file: 'a.c', line: 3, column: 0, text: 'odd' }],
    [
      'a b/c.h:1:1: fatal error: x.h: No such file or directory',
      { kind: 'error', file: 'a b/c.h' },
    ],
    ['a.c:1:2: warning: x [-Wx]', { kind: 'warning', text: 'x [-Wx]' }],
  ])('%s', (line, expected) => {
    expect(readCompilerOutput(`In file included from b.c:1:\n${line}\n  3 | x\n`)).toMatchObject([
      expected,
    ])
  })

  test('notes belong to the message before', () => {
    const [message] = readCompilerOutput('a.c:1:1: error: x\na.h:2:3: note: declared here\n')
    expect(message?.notes).toMatchObject([
      { file: 'a.h', line: 2, column: 3, text: 'declared here' },
    ])
  })

  test.each(['', 'make: *** [x] Error 1', 'compilation terminated.', 'note: x'])('%j', (text) => {
    expect(readCompilerOutput(text)).toEqual([])
  })
})

test.each([
  ['GCC 12', 'a.c:2:9: error: no f\n    2 |         f(1);\n      |         ^~~~\n', 1],
  ['GCC 12, a range', 'a.c:2:13: error: no\n    2 |         f = 1;\n      |         ~~~ ^ ~\n', 5],
  ['GCC 10', 'a.c:2:2: error: no f\n    2 |  f(1);\n      |         ^~~~\n', 1],
  ['Clang', 'a.c:2:2: error: no f\n        f(1);\n        ^\n', 1],
  ['no excerpt', 'a.c:2:2: error: no f\n', 1],
  ['no column', 'a.c:2: error: no f\n', 0],
  ['a column behind the end', 'a.c:2:99: error: no f\n', 8],
])('%s: where the column is in a line with a tab', (_, output, expected) => {
  const [message] = readCompilerOutput(output)
  expect(message && charactersTo('\tf = 1;;', message)).toBe(expected)
})

test.each([
  ['asynDriver.h: No such file or directory', 'asynDriver.h'],
  ["'pv/pvData.h' file not found", 'pv/pvData.h'],
  ['x undeclared', undefined],
])('missingHeader: %s', (text, header) => {
  expect(missingHeader({ text })).toBe(header)
})

test('linkerErrors: what it complains about, else all it said', () => {
  expect(
    linkerErrors(
      "/usr/bin/ld: a.o: in function `f':\na.c:1: undefined reference to `g'\ncollect2: x",
    ),
  ).toEqual(["a.c:1: undefined reference to `g'"])
  expect(linkerErrors('Killed\n\n')).toEqual(['Killed'])
})
