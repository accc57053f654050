import { expect, test } from 'vitest'
import { type JsonValue, memberOf, readJson } from '../../../../src/database/values/json.ts'

/** The value as JSON of JavaScript, words as `<word>`. */
function plain(value: JsonValue | undefined): unknown {
  if (!value) return undefined
  if (value.kind === 'object') {
    return Object.fromEntries(value.members.map(({ name, value }) => [name, plain(value)]))
  }
  if (value.kind === 'array') return value.items.map(plain)
  return value.kind === 'string' ? value.value : `<${value.value}>`
}

test.each([
  [
    '{"a": [1, -2.5e3, true, null], "b": {}}',
    { a: ['<1>', '<-2.5e3>', '<true>', '<null>'], b: {} },
  ],
  ["{'a': 'x', b: \"y\", +channel: 'VAL',}", { a: 'x', b: 'y', '+channel': 'VAL' }],
  ['[1,2,]', ['<1>', '<2>']],
  ['/* c */ {"a": 0x10 // d\n}', { a: '<0x10>' }],
  ['"a\\"b\\u0041\\n"', 'a"bA\n'],
  [' 5 ', '<5>'],
  ['{"": 1}', { '': '<1>' }],
])('readJson(%j)', (text, value) => {
  const reading = readJson(text)
  expect(reading.problem).toBeUndefined()
  expect(plain(reading.value)).toEqual(value)
})

test.each([
  ['', 'there is no JSON value', 0],
  ['{"a":1', 'a "," or "}" is missing', 6],
  ['{"a" 1}', 'a ":" is missing after "a"', 5],
  ['{"a":}', 'a value is missing', 5],
  ['{,}', 'a name in quotes is missing', 1],
  ['[1 2]', 'a "," or "]" is missing', 3],
  ['{} x', 'there is text behind the JSON value', 3],
  ['{"a": "x}', 'a string has no closing quote', 6],
  ['['.repeat(1_000_000), 'the value is nested too deeply', 101],
])('readJson(%.20j): %s', (text, message, at) => {
  expect(readJson(text).problem).toEqual({ message, at })
})

test('what was read before a mistake is there, with places', () => {
  const { value } = readJson('{"a": 1, "b": "x" "c"')
  expect(plain(value)).toEqual({ a: '<1>', b: 'x' })
  expect(memberOf(value, 'b')).toEqual({ kind: 'string', value: 'x', start: 14, end: 17 })
})

test('the last of several members with one name counts', () => {
  expect(plain(memberOf(readJson('{"a":1,"a":2}').value, 'a'))).toBe('<2>')
})
