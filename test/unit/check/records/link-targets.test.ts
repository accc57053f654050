import { expect, test } from 'vitest'
import { links } from '../../../../src/check/records/links.ts'
import { checkedIoc, linkDetails, linkSiteFindings } from '../../../support/checked-ioc.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

const records = `
record(ai, "LAB:OVEN:TEMP") {}
record(ai, "LAB:OVEN:TEMP1") {}
record(ai, "LAB:OVEN:PRESSURE") {}
alias("LAB:OVEN:TEMP", "LAB:OVEN:OLD_NAME")
record(ai, "XF:1{Mtr:2}Pos") {}
record(ai, "XF:1{Mtr:2}Vel") {}
record(ai, "ONE:HEATER") {}
record(ai, "TWO:HEATER1") {}
record(ai, "g") { info(Q:group, {"LAB:OVEN:ALL": {"x": {+channel: "VAL"}}}) }
`

function told(value: string): string[] {
  const text = `record(ai, "x") { field(INP, ${value}) }${records}`
  return linkSiteFindings(/LINK_(RECORD|ELSEWHERE)/, [{ files: { 'x.db': text } }])
}

test.each([
  ['"LAB:OVEN:TMEP"', 'LINK_RECORD', 'LAB:OVEN:TMEP'],
  ['"LAB:OVEN:PRESURE.VAL CP"', 'LINK_RECORD', 'LAB:OVEN:PRESURE'],
  ['"LAB:OVEN:SOMETHING PP"', 'LINK_RECORD', 'LAB:OVEN:SOMETHING'],
  ['"XF:1{Mtr:2}Sts"', 'LINK_RECORD', 'XF:1{Mtr:2}Sts'],
  ['"ONE:HAETER"', 'LINK_RECORD', 'ONE:HAETER'],
  ['{pva: "LAB:OVEN:TMEP"}', 'LINK_RECORD', 'LAB:OVEN:TMEP'],
  ['"ONE:COOLER"', 'LINK_ELSEWHERE', 'ONE:COOLER'],
  ['"LAB:OVEN2:TEMP"', 'LINK_ELSEWHERE', 'LAB:OVEN2:TEMP'],
  ['"LAB:OVEN:TMEP CA"', 'LINK_ELSEWHERE', 'LAB:OVEN:TMEP'],
  ['"nowhere MS"', 'LINK_ELSEWHERE', 'nowhere'],
  ['{calc: {expr: "A", args: [{pva: {pv: "far:away"}}, 5]}}', 'LINK_ELSEWHERE', 'far:away'],
])('INP %s: %s', (value, code, name) => {
  const end = code === 'LINK_RECORD' ? 'but there is no such record' : 'which no checked IOC has'
  expect(told(value)).toEqual([`x.db:1:30 ${code} INP of "x" is a link to "${name}", ${end}`])
})

test.each([
  ...['"LAB:OVEN:TEMP"', '"LAB:OVEN:OLD_NAME.DESC CP"', '""', '5', '"@x"', '"$(P)X"', '{const: 5}'],
  ...['{pva: "LAB:OVEN:ALL"}', '{pva: {pv: "LAB:OVEN:TEMP", proc: true}}', '[1, 2]', '{pva:'],
])('INP %s is fine', (value) => {
  expect(told(value)).toEqual([])
})

test('other numbers are other things, but the prefix is that of the IOC', () => {
  expect(told('"TWO:HEATER2"').join()).toContain('LINK_ELSEWHERE')
  expect(told('"LAB:OVEN:TEMP2"').join()).toContain('LINK_RECORD')
})

test('a modifier is the name, if there is no other', () => {
  const details = linkDetails('LINK_ELSEWHERE', 'record(ai, "x") { field(INP, " CA NMS") }')
  expect(details).toEqual(['write the name of the record in front of CA'])
})

test('a name is reported once, with the number of links to it', () => {
  const fields = 'field(INP, "far") field(SIOL, "far.DESC") field(SDIS, "far")'
  const text = `record(ai, "x") { ${fields} }`
  expect(linkSiteFindings(/LINK_(RECORD|ELSEWHERE)/, [{ files: { 'x.db': text } }])).toHaveLength(1)
  expect(linkDetails('LINK_ELSEWHERE', text)).toEqual(['2 more links to it'])
})

test('if a database is missing, only what is nearly a name', () => {
  const text = `record(ai, "x") { field(INP, "LAB:OVEN:SOMETHING") field(SIOL, "LAB:OVEN:TMEP") }${records}`
  const ioc = checkedIoc({ files: { 'x.db': text } })
  const outcome = { ...ioc.outcome, events: [{ kind: 'load', file: { kind: 'database' } }] }
  const found = [...links([{ ...ioc, outcome } as unknown as typeof ioc])]
  expect(found.map(({ code }) => code)).toEqual(['LINK_ELSEWHERE', 'LINK_RECORD'])
})

test('records of the other IOCs are there, and their names are near', () => {
  const one = {
    name: 'a',
    files: { 'a.db': 'record(ai, "x") { field(INP, "B:T1 CP") field(SDIS, "B:TEMPP") }' },
  }
  const two = { name: 'b', files: { 'b.db': 'record(ai, "B:T1") {}\nrecord(ai, "B:TEMP") {}' } }
  expect(linkSiteFindings(/LINK_(RECORD|ELSEWHERE)/, [one, two])).toEqual([
    'a.db:1:53 LINK_RECORD SDIS of "x" is a link to "B:TEMPP", but there is no such record',
  ])
})

test('very many unknown names among very many records take no more than their number', () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, n) => `record(ai, "P:Q:record${n}") { field(INP, "P:Q:other${n}x PP") }`,
  )
  const ioc = checkedIoc({ files: { 'x.db': lines.join('\n') } })
  const missing = () => [...links([ioc])].filter(({ code }) => code.startsWith('LINK_'))
  expect(processorTime(() => expect(missing()).toHaveLength(20_000))).toBeLessThan(2 * soon)
})

test.each([
  ['L:OVEN:tmep.VAL CP', 'L:OVEN:temp.VAL CP'],
  ['L:OVEN:tmep', 'L:OVEN:temp'],
  ['L:OVEN:tmep2', undefined],
])('a link to one near name is put right: %s', (link, expected) => {
  const text = `record(ai, "L:OVEN:temp") {}\nrecord(ai, "L:OVEN:x") { field(INP, "${link}") field(SCAN, "1 second") }\n`
  const fixed = [...links([checkedIoc({ files: { 'x.db': text } })])].flatMap(({ fixes = [] }) =>
    fixes.map((fix) => text.slice(0, fix.at.start) + fix.replacement + text.slice(fix.at.end)),
  )
  expect(fixed).toEqual(expected ? [text.replace(link, expected)] : [])
})

test('help speaks of all IOCs that are checked', () => {
  const names = ['a', 'b', 'c'].map((name) => `record(ai, "LAB:B:${name}x") {}`).join('')
  const text = `record(ai, "x") { field(INP, "LAB:B:zqp") } ${names}`
  expect(linkDetails('LINK_RECORD', text)).toEqual([
    'records "LAB:B:..." are in what is checked; if it is in another IOC, check that one, too',
  ])
})
