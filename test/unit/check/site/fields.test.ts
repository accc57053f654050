import { expect, test } from 'vitest'
import { checkedIoc } from '../../../support/checked-ioc.ts'
import { siteDiagnostics, siteMessages } from '../../../support/site-rules.ts'

const rules = "{ required-fields: { '*': DESC, ai: [INP, DESC], calc: EGU } }"

test.each([
  ['record(ai, "a") { field(DESC, "d") field(INP, "1") }', []],
  ['record(ai, "a") { field(DESC, "d") }', ['the ai record "a" has no INP']],
  ['record(ai, "a") { field(DESC, "") field(INP, {}) }', ['the ai record "a" has an empty DESC']],
  ['record(ao, "a") { }', ['the ao record "a" has no DESC']],
  ['record(ao, "a") { field(DESC, "d") field(DESC, "") }', ['the ao record "a" has an empty DESC']],
  ['record(ao, "a") { }\nrecord("*", "a") { field(DESC, "d") }', []],
  // The dbd of the tests has no EGU: the IOC would refuse what the site wants.
  ['record(calc, "c") { field(DESC, "d") }', []],
])('%s', (text, expected) => {
  expect(siteMessages(rules, text)).toEqual(expected)
})

test('place, rule and remedy', () => {
  const ioc = checkedIoc({ files: { 'x.db': 'record(ao, "a") { }' } })
  expect(siteDiagnostics(`rules: ${rules}`, ioc)).toMatchObject([
    {
      code: 'SITE_FIELD',
      at: { start: 0, end: 15 },
      notes: [{ message: 'this site wants DESC to be set', at: { source: { name: 'e3.yaml' } } }],
      hint: 'field(DESC, "...")',
    },
  ])
})
