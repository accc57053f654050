import { expect, test } from 'vitest'
import { checkedIoc } from '../../../support/checked-ioc.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'
import { siteDiagnostics, siteMessages } from '../../../support/site-rules.ts'

const pattern = "'(?<system>[A-Z0-9]+)-(?<device>[A-Za-z]+-\\d{2,3}):(?<property>\\w+)'"
const parts =
  "{ system: { values: [LAB, TS1], message: ask the naming team }, property: { pattern: '[A-Z]\\w*' } }"
const rules = `{ naming: [{ pattern: ${pattern}, parts: ${parts} }] }`

test.each([
  ['LAB-Oven-01:Temp', []],
  [
    'LAB-Oven-1:Temp',
    ['the record name "LAB-Oven-1:Temp" follows no naming pattern: it fits up to "LAB-Oven-1"'],
  ],
  ['oven', ['the record name "oven" follows no naming pattern']],
  [
    'LAP-Oven-01:Temp',
    ['the record name "LAP-Oven-01:Temp" has "LAP" as system, which is not allowed'],
  ],
  [
    'LAB-Oven-01:temp',
    ['the record name "LAB-Oven-01:temp" has "temp" as property, which is not allowed'],
  ],
])('%s', (name, expected) => {
  expect(siteMessages(rules, `record(ai, "${name}") { }`)).toEqual(expected)
})

function first(settings: string, name: string) {
  const ioc = checkedIoc({ files: { 'x.db': `record(ai, "${name}") { }` } })
  const [item] = siteDiagnostics(`rules: ${settings}`, ioc)
  const start = item?.at?.start ?? -1
  return { ...item, marked: item?.at?.source.text.slice(start, item.at.end) }
}

test('the place is the name, the remedy what the site says', () => {
  expect(first(rules, 'oven')).toMatchObject({
    code: 'SITE_NAME',
    severity: 'warning',
    marked: 'oven',
    hint: `pattern: ${pattern.slice(1, -1)}`,
  })
  expect(first(rules, 'LAP-Oven-01:Temp').hint).toBe('did you mean "LAB"?')
  expect(first(rules, 'XYZ-Oven-01:Temp')).toMatchObject({
    hint: 'ask the naming team',
    notes: [{ message: 'allowed: LAB, TS1', at: { source: { name: 'e3.yaml' } } }],
  })
  expect(first(`{ naming: [{ pattern: a, message: see the handbook }] }`, 'b').hint).toBe(
    'see the handbook',
  )
})

test('one of several patterns is enough, the one that fits best explains', () => {
  const several = "{ naming: [{ pattern: 'LAB:\\w+' }, { pattern: 'TS:\\d+' }] }"
  expect(siteMessages(several, 'record(ai, "LAB:a") { } record(ai, "TS:1") { }')).toEqual([])
  expect(siteMessages(several, 'record(ai, "TS:x") { }')).toEqual([
    'the record name "TS:x" follows no naming pattern: it fits up to "TS:"',
  ])
})

test('patterns for record types leave the others free', () => {
  const some = "{ naming: [{ pattern: 'A\\w+', records: [ai, ao] }] }"
  expect(
    siteMessages(some, 'record(ai, "b") { } record(calc, "c") { } record(ao, "Ax") { }'),
  ).toEqual(['the record name "b" follows no naming pattern'])
})

test('a part that is left out may be', () => {
  const optional = "{ naming: [{ pattern: 'a(?::(?<p>\\w+))?', parts: { p: { values: [x] } } }] }"
  expect(siteMessages(optional, 'record(ai, "a") { } record(ai, "a:x") { }')).toEqual([])
  expect(siteMessages(optional, 'record(ai, "a:y") { }')).toHaveLength(1)
})

test('twenty thousand names', () => {
  const text = Array.from(
    { length: 20_000 },
    (_, index) => `record(ai, "LAB-Oven-01:T${index}") {}\n`,
  )
  const ioc = checkedIoc({ files: { 'x.db': text.join('') } })
  const check = () => expect(siteDiagnostics(`rules: ${rules}`, ioc)).toEqual([])
  expect(processorTime(check)).toBeLessThan(soon)
})

test('aliases follow the patterns for the type of their record', () => {
  const some = "{ naming: [{ pattern: 'A\\w+', records: [ai] }] }"
  const text =
    'record(ai, "Ax") { alias("b") } record(bo, "c") { alias("d") }\nalias("Ax", "Aok") alias("Ax", "e")'
  expect(siteMessages(some, text)).toEqual([
    'the alias "b" follows no naming pattern',
    'the alias "e" follows no naming pattern',
  ])
})
