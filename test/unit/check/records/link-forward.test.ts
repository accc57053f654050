import { expect, test } from 'vitest'
import { linkFindings } from '../../../support/checked-ioc.ts'

test.each([
  ['nowhere', 'leaves the IOC'],
  ['nowhere.VAL PP', 'leaves the IOC'],
  ['a.NOPE', 'leaves the IOC'],
  ['a CA', 'has the modifier CA'],
  ['a CP CA', 'has the modifier CA'],
])('FLNK "%s" %s', (link, why) => {
  const text = `record(ai, "x") { field(FLNK, "${link}") }\nrecord(ai, "a") {}\n`
  expect(linkFindings('LINK_FORWARD', text)).toEqual([
    `x.db:1:31 LINK_FORWARD FLNK of "x" ${why}, but does not end in .PROC: it processes nothing there`,
  ])
})

test('a name that is nearly that of a record is said to be that only', () => {
  const text = 'record(ai, "x") { field(FLNK, "Valve:Motoor") }\nrecord(ai, "Valve:Motor") {}\n'
  expect(linkFindings('LINK_FORWARD', text)).toEqual([])
  expect(linkFindings('LINK_RECORD', text)).toHaveLength(1)
})

test.each([
  'a',
  'a.VAL',
  'a.DESC',
  'a.PROC',
  'a.PROC CA',
  'nowhere.PROC',
  'a PP CP CA',
  '',
  '12',
  '$(X)',
])('FLNK "%s" is fine', (link) => {
  const text = `record(fanout, "x") { field(LNK1, "${link}") }\nrecord(ai, "a") {}\n`
  expect(linkFindings('LINK_FORWARD', text)).toEqual([])
})
