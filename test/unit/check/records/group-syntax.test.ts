import { expect, test } from 'vitest'
import { groupSyntax } from '../../../../src/check/records/group-syntax.ts'
import { findings } from '../../../support/checked-ioc.ts'

test.each([
  ["\"{'G': {x: {'+channel': 'VAL'}}\"", '1:63', 'a "," or "}" is missing'],
  ['"{\\"G\\": {\\"x\\": {}}} y"', '1:54', 'there is text behind the JSON value'],
  ['"{G: {x: {+channel: \'VAL\'}}}"', '1:44', 'the key +channel must be in quotes here'],
  ['" "', '1:36', 'there is no JSON value'],
  ['"\\"abc\\""', '1:35', 'groups are an object'],
  ['{"G": 5}', '1:35', 'group "G" must be an object'],
  ['[1]', '1:34', 'groups are an object'],
  ['{"": {"x": {}}}', '1:35', 'a name cannot be empty here'],
  ['{"G": {"x": {"": 1}}}', '1:35', 'a name cannot be empty here'],
])('%s: %s', (value, place, message) => {
  const text = `record(ai, "abc") { info(Q:group, ${value}) }`
  const wanted = `x.db:${place} GROUP_SYNTAX info(Q:group) of "abc": ${message}`
  const found = findings(groupSyntax, text)
  expect(found.map((one) => one.replace(/:1:\d+ /, ' '))).toEqual([wanted.replace(/:1:\d+ /, ' ')])
})

test.each(['{"G": {"x": {+channel: "VAL"}}}', "\"{'G': {x: {'+channel': 'VAL', }}}\"", '{}'])(
  '%s is fine',
  (value) => {
    expect(findings(groupSyntax, `record(ai, "abc") { info(Q:group, ${value}) }`)).toEqual([])
  },
)

test('the place is that of the mistake, escapes counted', () => {
  const text = 'record(ai, "a") { info(Q:group, "{\\"G\\": 5}") }'
  expect(findings(groupSyntax, text)).toEqual([
    'x.db:1:35 GROUP_SYNTAX info(Q:group) of "a": group "G" must be an object',
  ])
})

test('files of dbLoadGroup', () => {
  const groupFiles = [{ name: 'g.json', text: '{\n  "G": {"x" 5}\n}' }]
  expect(findings(groupSyntax, '', { groupFiles })).toEqual([
    'g.json:2:13 GROUP_SYNTAX g.json: a ":" is missing after "x"',
  ])
})
