import { expect, test } from 'vitest'
import { calcHint, checkCalc } from '../../../../src/database/values/calc.ts'

test.each([
  'A',
  'A+B*-1.5e3',
  'A>=1&&B#2?C:D',
  'B:=A+1;B',
  'MAX(A,B,C)',
  'SIN A',
  'AANDB',
  '0x1F|a',
])('%s is an expression', (text) => {
  expect(checkCalc(text)).toBeUndefined()
})

test.each([
  ['', 'an operand is missing at the end', 0],
  ['A+', 'an operand is missing at the end', 2],
  ['A B', 'an operator is missing', 2],
  ['A;B', 'it has 2 results', 3],
  ['A:=1', 'it has no result', 4],
  ['A?B', 'the "?" has no ":"', 3],
  ['ATAN2(A)', 'ATAN2 takes 2 arguments, here is 1', 8],
  ['(A', 'a ")" is missing', 2],
])('%j is none', (text, message, at) => {
  expect(checkCalc(text)).toEqual({ message, at })
})

test.each([
  ['SINN(A)', 'did you mean "SIN"'],
  ['A+', 'write what is missing at its end'],
  ['A B', 'it is good as far as "A"'],
  [')A', 'an expression has A to U'],
  ['B:=1', 'one part gives the result'],
])('what helps with %s: %s', (text, hint) => {
  const problem = checkCalc(text)
  expect(problem && calcHint(text, problem)).toContain(hint)
})
