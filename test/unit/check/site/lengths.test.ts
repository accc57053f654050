import { expect, test } from 'vitest'
import { checkedIoc } from '../../../support/checked-ioc.ts'
import { siteDiagnostics, siteMessages } from '../../../support/site-rules.ts'

const rules = '{ lengths: { name: 5, DESC: 3 } }'

test.each([
  ['record(ai, "abcde") { field(DESC, "abc") }', []],
  ['record(ai, "abcdef") { }', ['the record name "abcdef" has 6 characters, this site allows 5']],
  [
    'record(ai, "a") { field(DESC, "abcd") }',
    ['the DESC of "a" "abcd" has 4 characters, this site allows 3'],
  ],
  ['record(ai, "a") { field(DESC, "äöü") }', []],
  ['record(ai, "a") { field(DESC, "😀😀😀") }', []],
  [
    'record(ai, "a") { alias("abcdef") }',
    ['the alias "abcdef" has 6 characters, this site allows 5'],
  ],
])('%s', (text, expected) => {
  expect(siteMessages(rules, text)).toEqual(expected)
})

test('the value is counted after macros and marked where it stands', () => {
  const ioc = checkedIoc({
    files: { 't.db': 'record(ai, "$(P)x") { }' },
    loads: [['t.db', 'P=abcdef']],
  })
  expect(siteDiagnostics(`rules: ${rules}`, ioc)).toMatchObject([
    { code: 'SITE_LENGTH', at: { start: 12, end: 17 } },
  ])
})
