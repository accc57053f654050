import { expect, test } from 'vitest'
import { scans } from '../../../../src/check/records/scans.ts'
import { checkedIoc, findings } from '../../../support/checked-ioc.ts'

test.each([
  [
    'record(ai, "x") { field(SCAN, "I/O Intr") }',
    'x.db:1:31 SCAN_INTERRUPT "x" has SCAN "I/O Intr", but device support "Soft Channel" of ai has no interrupts',
  ],
  [
    'record(stringin, "x") { field(SCAN, "I/O Intr") field(DTYP, "getenv") }',
    'x.db:1:37 SCAN_INTERRUPT "x" has SCAN "I/O Intr", but device support "getenv" of stringin has no interrupts',
  ],
  [
    'record(calc, "x") { field(SCAN, "I/O Intr") }',
    'x.db:1:33 SCAN_INTERRUPT "x" has SCAN "I/O Intr", but calc records have no device support',
  ],
  [
    'record(calc, "x") { field(SCAN, "+2") }',
    'x.db:1:33 SCAN_INTERRUPT "x" has SCAN "I/O Intr", but calc records have no device support',
  ],
  [
    'record(ai, "x") { field(SCAN, "0x1") }',
    'x.db:1:31 SCAN_EVENT "x" has SCAN "Event", but no event in EVNT: nothing processes it',
  ],
  [
    'record(ai, "x") { field(SCAN, "Event") }',
    'x.db:1:31 SCAN_EVENT "x" has SCAN "Event", but no event in EVNT: nothing processes it',
  ],
  [
    'record(ai, "x") { field(SCAN, "Event") field(EVNT, "0") }',
    'x.db:1:52 SCAN_EVENT "x" has SCAN "Event", but no event in EVNT: nothing processes it',
  ],
])('%s', (text, wanted) => {
  expect(findings(scans, text)).toEqual([wanted])
})

test.each([
  'record(ai, "x") { field(SCAN, "I/O Intr") field(DTYP, "asynFloat64") }',
  'record(ai, "x") { field(SCAN, "I/O Intr") field(DTYP, "not known") }',
  'record(ai, "x") { field(SCAN, "I/O Intr") field(SCAN, "1 second") }',
  'record(other, "x") { field(SCAN, "I/O Intr") }',
  'record(ai, "x") { field(SCAN, "Event") field(EVNT, "beam on") }',
  'record(ai, "x") { field(SCAN, "Event") field(EVNT, "10") }',
  'record(ai, "x") { field(EVNT, "") }',
  'record(motor, "x") { field(SCAN, "I/O Intr") }',
])('%s is fine', (text) => {
  expect(findings(scans, text)).toEqual([])
})

test('records of one place in a template are one finding', () => {
  const files = { 'x.db': 'record(ai, "$(P)") { field(SCAN, "Event") }' }
  const loads = ['a', 'b', 'c'].map((name) => ['x.db', `P=${name}`] as const)
  const [found, ...others] = [...scans(checkedIoc({ files, loads }))]
  expect(others).toEqual([])
  expect(found?.notes.map(({ message }) => message)).toEqual([
    '2 more records come from this place with the same mistake',
  ])
})
