import { expect, test } from 'vitest'
import { linkDetails, linkFindings } from '../../../support/checked-ioc.ts'

const ring = (...names: string[]) =>
  `records process each other in a ring: ${names.map((name) => `"${name}"`).join(' -> ')}`

test.each([
  [
    'forward links',
    'record(ai, "a") { field(FLNK, "b") }\nrecord(ai, "b") { field(FLNK, "a.DESC") }',
    '1:31',
    ['a', 'b', 'a'],
  ],
  [
    'PP',
    'record(ao, "a") { field(OUT, "b PP") }\nrecord(ai, "b") { field(INP, "a PP") }',
    '1:30',
    ['a', 'b', 'a'],
  ],
  [
    'PROC of a scanned record',
    'record(ao, "a") { field(OUT, "b.PROC") field(SCAN, "1 second") }\nrecord(ao, "b") { field(OUT, "a.PROC") }',
    '1:30',
    ['a', 'b', 'a'],
  ],
  ['CP of itself', 'record(calc, "a") { field(INPA, "a CP") }', '1:33', ['a', 'a']],
  [
    'an alias',
    'record(ai, "a") { alias("c") field(FLNK, "b") }\nrecord(ai, "b") { field(FLNK, "c") }',
    '1:42',
    ['a', 'b', 'a'],
  ],
])('%s', (_title, text, place, names) => {
  expect(linkFindings('PROCESS_LOOP', text)).toEqual([
    `x.db:${place} PROCESS_LOOP ${ring(...names)}`,
  ])
})

test.each([
  [
    'a scan between',
    'record(ai, "a") { field(FLNK, "b") field(SCAN, "1 second") }\nrecord(ai, "b") { field(FLNK, "a") }',
  ],
  ['no PP', 'record(ao, "a") { field(OUT, "b") }\nrecord(ai, "b") { field(FLNK, "a") }'],
  ['CA', 'record(ai, "a") { field(FLNK, "b.PROC CA") }\nrecord(ai, "b") { field(FLNK, "a") }'],
  ['CPP of a scanned record', 'record(calc, "a") { field(INPA, "a CPP") field(SCAN, "1 second") }'],
  [
    'a chain',
    'record(ai, "a") { field(FLNK, "b") }\nrecord(ai, "b") { field(FLNK, "c") }\nrecord(ai, "c") {}',
  ],
  ['reading itself', 'record(calc, "a") { field(INPA, "a") }'],
])('no ring: %s', (_title, text) => {
  expect(linkFindings('PROCESS_LOOP', text)).toEqual([])
})

test('the whole chain is told', () => {
  const text =
    'record(ai, "a") { field(FLNK, "b") }\nrecord(calc, "b") { field(INPA, "a CP") field(FLNK, "a") }'
  expect(linkDetails('PROCESS_LOOP', text)).toEqual([
    'x.db:1:31 FLNK of "a": "a" processes "b"',
    'x.db:2:53 FLNK of "b": "b" processes "a"',
    'x.db:2:33 CP in INPA of "b" starts it, once iocInit has connected the link',
  ])
})

test('a ring of 20,000 records', () => {
  const size = 20_000
  const text = Array.from(
    { length: size },
    (_, n) => `record(ai, "r${n}") { field(FLNK, "r${(n + 1) % size}") }`,
  )
  expect(linkFindings('PROCESS_LOOP', text.join('\n'))).toHaveLength(1)
})

const links = ['field(FLNK, "b")', 'field(FLNK, "a")']
test.each([
  [
    '',
    '',
    'nothing in this IOC starts it: no SCAN, no PINI, no link from outside; a client may do so',
  ],
  ['', 'field(PINI, "YES")', 'x.db:2:48 PINI of "b" starts it'],
  ['', 'field(PINI, "NO")', 'nothing in this IOC starts it'],
  ['', 'field(PINI, "PAUSE")', 'nothing in this IOC starts it'],
  [
    'record(ai, "z") { field(FLNK, "a") }',
    '',
    '"z", which is not in the ring, starts it: it processes "a"',
  ],
])('who starts a ring: %s %s', (before, field, note) => {
  const text = `record(ai, "a") { ${links[0]} }\nrecord(ai, "b") { ${links[1]} ${field} }\n${before}`
  expect(linkDetails('PROCESS_LOOP', text).at(-1)).toContain(note)
})

test('a scanned record starts its ring', () => {
  const text =
    'record(ao, "a") { field(OUT, "b.PROC") field(SCAN, "1 second") }\nrecord(ao, "b") { field(OUT, "a.PROC") }'
  expect(linkDetails('PROCESS_LOOP', text).at(-1)).toBe(
    'x.db:1:52 SCAN of "a" starts it: "1 second"',
  )
})
