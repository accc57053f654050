import { expect, test } from 'vitest'
import { formatDefinitions, parseDefinitions } from '../../../src/macro/definitions.ts'

test.each([
  ['', []],
  ['a=1', [['a', '1', 0, 3]]],
  [
    ' a = 1 , b ',
    [
      ['a', '1', 1, 6],
      ['b', undefined, 9, 10],
    ],
  ],
  ['a=b=c', [['a', 'b=c', 0, 5]]],
  ['"a,b"=1', [['a,b', '1', 0, 7]]],
  ['a=x\\ ', [['a', 'x\\', 0, 4]]],
  ['a="x,y', [['a', '"x,y', 0, 6]]],
  [
    "a='b\\'c',d",
    [
      ['a', "'b\\'c'", 0, 8],
      ['d', undefined, 9, 10],
    ],
  ],
])('%j', (list, expected) => {
  const actual = parseDefinitions(list).map(({ name, raw, start, end }) => [name, raw, start, end])
  expect(actual).toEqual(expected)
})

test.each([
  [
    [
      ['A', '1'],
      ['B', 'x y'],
    ],
    'A=1,B=x y',
  ],
  [[['P', 'x,y']], 'P="x,y"'],
  [[['P', ' x']], 'P=" x"'],
  [[['P', 'say "$(X)" \\n']], 'P="say \\"\\$(X)\\" \\\\n"'],
  [
    [
      ['A', undefined],
      ['B', ''],
    ],
    'A,B=',
  ],
] as [[string, string | undefined][], string][])('%j is written as %j', (pairs, list) => {
  expect(formatDefinitions(pairs)).toBe(list)
})

test.each([['\0'], ['x'.repeat(257)], ['ö'.repeat(129)]])('%j cannot be written', (value) => {
  expect(formatDefinitions([['A', value]])).toBeUndefined()
  expect(formatDefinitions([[value, '1']])).toBeUndefined()
})
