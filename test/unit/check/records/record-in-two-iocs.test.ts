import { expect, test } from 'vitest'
import { recordInTwoIocs } from '../../../../src/check/records/record-in-two-iocs.ts'
import { siteFindings } from '../../../support/checked-ioc.ts'

const ioc = (name: string, ...texts: string[]) => ({
  name,
  files: Object.fromEntries(texts.map((text, index) => [`${name}${index}.db`, text])),
})
const five = Array.from({ length: 5 }, (_, n) => `record(ai, "r${n}") {}\n`).join('')

test.each([
  [
    'a record',
    [ioc('a', 'record(ai, "x") {}'), ioc('b', '\nrecord(ao, "x") {}')],
    ['b0.db:2:1 RECORD_IN_TWO_IOCS "x" is in a and in b'],
  ],
  [
    'an alias and a record',
    [ioc('a', 'record(ai, "x") {}\nalias("x", "y")'), ioc('b', 'record(ao, "y") {}')],
    ['b0.db:1:1 RECORD_IN_TWO_IOCS "y" is in a and in b'],
  ],
  [
    'many, for each pair of files',
    [
      ioc('a', five, 'record(ai, "x") {}'),
      ioc('b', `${five}record(ai, "x") {}`),
      ioc('c', 'record(ai, "x") {}'),
    ],
    [
      'b0.db:1:1 RECORD_IN_TWO_IOCS "r0", "r1", "r2" and 2 more are in a and in b',
      'b0.db:6:1 RECORD_IN_TWO_IOCS "x" is in a and in b',
      'c0.db:1:1 RECORD_IN_TWO_IOCS "x" is in a and in c',
    ],
  ],
  [
    'nothing',
    [ioc('a', 'record(ai, "x") {}\nrecord(ai, "x") {}'), ioc('b', 'record(ao, "y") {}')],
    [],
  ],
  ['one IOC', [ioc('a', five)], []],
])('in two IOCs: %s', (_title, iocs, wanted) => {
  expect(siteFindings(recordInTwoIocs, iocs)).toEqual(wanted)
})
