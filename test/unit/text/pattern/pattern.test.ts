import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPattern } from '../../../../src/text/pattern/pattern.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

function match(pattern: string, text: string) {
  const read = readPattern(pattern)
  if ('problem' in read) throw new Error(read.problem)
  return read.match(text)
}

test.each([
  ['LAB', 'LAB', true],
  ['LAB', 'LABX', false],
  ['^LAB$', 'LAB', true],
  ['a|bc', 'bc', true],
  ['a|bc', 'ac', false],
  ['(?:a|bc)d', 'bcd', true],
  ['', '', true],
  ['', 'a', false],
  ['a*', '', true],
  ['a+', '', false],
  ['a{2,3}', 'aaa', true],
  ['a{2,3}', 'aaaa', false],
  ['a{2}', 'aa', true],
  ['a{2,}', 'aaaaa', true],
  ['(a*)*', 'aaa', true],
  ['(a*)*b', 'aaa', false],
  ['(|a)+', 'aa', true],
  ['[A-Z]+-\\d{3}', 'LAB-001', true],
  ['[^:]+:\\w+', 'LAB-1:Temp_2', true],
  ['[^]', '\n', true],
  ['[]', 'a', false],
  ['.', '\n', false],
  ['.', 'ä', true],
  ['[ä-ü]', 'ö', true],
  ['[\\w-]+', 'a-b', true],
  ['[a-]+', '-a', true],
  ['\\x41\\u0042\\t', 'AB\t', true],
  ['\\S\\D\\W', 'ab:', true],
  ['a\\.b\\$', 'a.b$', true],
  ['a?a?a?aaa', 'aaa', true],
  ['a^b', 'ab', false],
  ['a+?b*?', 'aab', true],
])('%j on %j: %s', (pattern, text, expected) => {
  expect(match(pattern, text).isMatch).toBe(expected)
})

test.each([
  ['(?<a>\\w+)-(?<b>\\d+)', 'LAB-12', { a: 'LAB', b: '12' }],
  ['(?<a>a+)(?<b>a*)', 'aaa', { a: 'aaa', b: '' }],
  ['(?<a>a+?)(?<b>a*)', 'aaa', { a: 'a', b: 'aa' }],
  ['(?:x(?<n>1)|y(?<n>2))', 'y2', { n: '2' }],
  ['(?<a>a)?b', 'b', {}],
  ['(?:(?<a>\\d),?)+', '1,2,3', { a: '3' }],
])('parts of %j in %j', (pattern, text, expected) => {
  const { parts } = match(pattern, text)
  const texts = [...parts].map(([name, { start, end }]) => [name, text.slice(start, end)])
  expect(Object.fromEntries(texts)).toEqual(expected)
})

test.each([
  ['(a', 'has a "(" without ")"', 0, 1],
  ['a)', 'has a ")" without "("', 1, 2],
  ['x[a', 'has a "[" without "]"', 1, 2],
  ['*a', 'has a "*" with nothing to repeat', 0, 1],
  ['a|+', 'has a "+" with nothing to repeat', 2, 3],
  ['a**', 'repeats a repetition', 1, 2],
  ['a{3,2}', 'repeats from a higher to a lower number', 1, 6],
  ['[z-a]', 'has a range whose ends are not two characters in order', 1, 4],
  ['[\\d-z]', 'has a range whose ends are not two characters in order', 1, 5],
  ['a\\', 'ends with a backslash', 1, 2],
  ['\\bLAB', 'has an unknown escape "\\b"', 0, 2],
  ['(a)\\1', 'has an unknown escape "\\1"', 3, 5],
  ['(?!a)b', 'has look-around: only (...), (?:...) and (?<name>...) are understood', 0, 3],
  ['(?<=a)b', 'has look-around: only (...), (?:...) and (?<name>...) are understood', 0, 3],
  [
    '(?i)a',
    'has an unknown kind of group: only (...), (?:...) and (?<name>...) are understood',
    0,
    3,
  ],
  [
    '(?<1>a)',
    'has an unknown kind of group: only (...), (?:...) and (?<name>...) are understood',
    0,
    3,
  ],
  ['((a{1,99}){1,99}){9}', 'repeats too much: it has more than 1000 steps', 0, 20],
  [
    '[a[:upper:]]+',
    'has "[:upper:]", which is of other programs: write a range such as A-Z',
    2,
    11,
  ],
  ['A{,2}', 'has "{,2}" without a lower number: write {0,2}', 1, 5],
  ['A{,}', 'has "{,}" without a lower number: write {0,}', 1, 4],
  ['('.repeat(500), 'has too many groups in groups', 30, 31],
  ['a'.repeat(1001), 'has more than 1000 characters', 0, 1001],
])('%j %s', (pattern, problem, start, end) => {
  const read = readPattern(pattern)
  expect(read).toMatchObject({ problem, start: expect.any(Number), end: expect.any(Number) })
  if (pattern.length < 400) expect(read).toMatchObject({ start, end })
})

test('says how far a text fits', () => {
  expect(match('[A-Z]+-\\d{3}:\\w+', 'LAB-01:Temp').reached).toBe(6)
})

describe('in a time that grows with the length only', () => {
  test.each([
    ['(a+)+$', `${'a'.repeat(4000)}!`],
    ['(?:a|a)*b', 'a'.repeat(4000)],
    ['.*.*.*.*.*.*.*.*x', 'a'.repeat(4000)],
    ['(?:a?){90}a{90}', 'a'.repeat(90)],
    ['(?:[a-z]+:?)*\\d', 'abc:'.repeat(1000)],
  ])('%s', (pattern, text) => {
    expect(processorTime(() => match(pattern, text))).toBeLessThan(soon)
  })

  test('longer texts fit nothing', () => {
    expect(match('a*', 'a'.repeat(5000)).isMatch).toBe(false)
  })
})

test('agrees with the regular expressions of JavaScript', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '(?<x>a)', '(?:ab|b)', '(a|)')
  const repeated = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '*?', '+?'))
  const patterns = fc.array(repeated, { maxLength: 5 }).map((parts) => parts.flat().join(''))
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const unnamed = pattern.replaceAll('?<x>', '?:')
      expect(match(pattern, text).isMatch).toBe(new RegExp(`^(?:${unnamed})$`).test(text))
    }),
  )
})

test('never throws', () => {
  const characters = fc.constantFrom(...'()[]{}?*+|^$\\.,-<>=!:ab1dwux')
  fc.assert(
    fc.property(fc.string({ unit: characters, maxLength: 30 }), fc.string(), (pattern, text) => {
      const read = readPattern(pattern)
      if (!('problem' in read)) read.match(text)
    }),
  )
})
