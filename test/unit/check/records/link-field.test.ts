import { expect, test } from 'vitest'
import { linkSiteFindings } from '../../../support/checked-ioc.ts'

const targets = `
record(ai, "a") {}
record(stringin, "s") {}
record(waveform, "w") {}
alias("a", "alias:a")
`

function problem(link: string): string[] {
  const text = `record(ao, "x") { field(${link}) }${targets}`
  return linkSiteFindings('LINK_FIELD', [{ files: { 'x.db': text } }])
}

test.each([
  ['SDIS, "a.NOPE"', 'ai records have no field NOPE'],
  ['SDIS, "alias:a.NOPE CP"', 'ai records have no field NOPE'],
  ['SDIS, "a.val"', 'ai records have no field val'],
  ['SDIS, "a.VAL.DESC"', '".DESC" cannot stand behind the field'],
  ['SDIS, "a.VAL$"', '"$" is for strings and links, and VAL is DBF_DOUBLE'],
  ['SDIS, "a.SCAN$"', '"$" is for strings and links, and SCAN is DBF_MENU'],
  ['SDIS, "a.TIME"', 'TIME is internal to the record'],
  ['TSEL, "a.TIMEX"', 'ai records have no field TIMEX'],
  ['SDIS, "w.VAL[0:3"', '"[0:3" cannot stand behind the field'],
  ['SDIS, "w.{\\"nope\\":{}}"', 'there is no filter "nope"'],
  ['SDIS, "w.{\\"arr\\":{}"', 'its filter is not valid JSON: a "," or "}" is missing'],
  [
    'SDIS, "w.{\\"ts\\":{}}[0:3]"',
    'its filter is not valid JSON: there is text behind the JSON value',
  ],
  ['OUT, "a.NAME"', 'NAME cannot be written'],
  ['OUT, "a.PACT CA"', 'PACT cannot be written'],
  ['OUT, "a.RTYP"', 'RTYP cannot be written'],
])('field(%s): %s', (link, message) => {
  const [name = '', written = ''] = link.replaceAll('\\"', '"').split(/, "/)
  const target = written.replace(/( \w+)?"$/, '')
  expect(problem(link)).toEqual([
    `x.db:1:${27 + name.length} LINK_FIELD ${name} of "x" is a link to "${target}", but ${message}`,
  ])
})

test.each([
  ...[
    'a',
    'a.',
    'a.DESC',
    'a.DESC$',
    'a.INP$',
    's.$',
    's.VAL$ CA',
    'alias:a.VAL',
    'a.RTYP',
    'a.RTYP$',
  ],
  ...['w.VAL[0:3]', 'w.[3]', 'w.VAL[-3:]', 'w.[0:2:9]', 'w.VAL$', 's.VAL$[0:3]', 'w.{}'],
  ...['w.{\\"arr\\":{\\"s\\":1}}', 'w.{arr:{s:1}}', 'w.VAL[0:3]{ts:{}}'],
  ...['elsewhere.NOPE', '5', '', '$(X).NOPE', '{pva: 5}'],
])('a link to "%s" is fine', (link) => {
  expect(problem(`SDIS, "${link}"`)).toEqual([])
})

test('time stamps, forward links and fields of unknown types are fine', () => {
  expect(problem('TSEL, "a.TIME CP"')).toEqual([])
  expect(problem('FLNK, "a.NOPE"')).toEqual([])
  const text = 'record(ai, "x") { field(SDIS, "m.NOPE") }\nrecord(motor, "m") {}\n'
  expect(linkSiteFindings('LINK_FIELD', [{ files: { 'x.db': text } }])).toEqual([])
})

test('targets in another IOC are looked at, the own one first', () => {
  const one = { name: 'a.cmd', files: { 'a.db': 'record(ai, "x") { field(SDIS, "y.NOPE") }' } }
  const two = { name: 'b.cmd', files: { 'b.db': 'record(ao, "y") {}' } }
  const own = { name: 'a.cmd', files: { ...one.files, 'c.db': 'record(fanout, "y") {}' } }
  const start = 'a.db:1:31 LINK_FIELD SDIS of "x" is a link to "y.NOPE", but '
  expect(linkSiteFindings('LINK_FIELD', [one, two])).toEqual([
    `${start}ao records have no field NOPE`,
  ])
  expect(linkSiteFindings('LINK_FIELD', [own, two])).toEqual([
    `${start}fanout records have no field NOPE`,
  ])
})

test('a template with a mistake is told once', () => {
  const text = 'record(ai, "$(P)") { field(SDIS, "a.NOPE") }\n'
  const files = { 'x.db': text, 'y.db': 'record(ai, "a") {}' }
  const loads = [
    ['y.db', ''],
    ['x.db', 'P=b'],
    ['x.db', 'P=long:c'],
    ['x.db', 'P=d'],
  ] as const
  expect(linkSiteFindings('LINK_FIELD', [{ files, loads }])).toEqual([
    'x.db:1:34 LINK_FIELD SDIS of "b" is a link to "a.NOPE", but ai records have no field NOPE',
  ])
})
