import { expect, test } from 'vitest'
import { recordTwice } from '../../../../src/check/records/record-twice.ts'
import { findings } from '../../../support/checked-ioc.ts'

const again = (name: string) => `record "${name}" is there already: the fields here are added to it`
const five = Array.from({ length: 5 }, (_, n) => `record(ai, "$(P=)r${n}") {}\n`).join('')

test.each([
  [
    'in one file',
    'record(ai, "x") {}\nrecord(ai, "x") {}\n',
    [`x.db:2:1 RECORD_TWICE ${again('x')}`],
  ],
  [
    'by an alias',
    'record(ai, "x") {}\nalias("x", "y")\ngrecord(ai, "y") {}\n',
    [`x.db:3:1 RECORD_TWICE ${again('x')}`],
  ],
  ['on purpose', 'record(ai, "x") {}\nrecord("*", "x") {}\nrecord(*, x) {}\n', []],
  ['as another type, which is an error', 'record(ai, "x") {}\nrecord(ao, "x") {}\n', []],
])('twice %s', (_title, text, wanted) => {
  expect(findings(recordTwice, text)).toEqual(wanted)
})

test('in two files', () => {
  const files = { 'x.db': 'record(ai, "x") {}\n', 'y.db': '\nrecord(ai, "x") {}\n' }
  expect(findings(recordTwice, '', { files })).toEqual([`y.db:2:1 RECORD_TWICE ${again('x')}`])
})

test('a file that is loaded again with the same macros is one finding', () => {
  const loads = [
    ['x.db', 'P=a:'],
    ['x.db', 'P=b:'],
    ['x.db', 'P=a:'],
  ] as const
  expect(findings(recordTwice, five, { loads })).toEqual([
    'x.db:1:1 RECORD_TWICE x.db is loaded again: its 5 records, such as "a:r0", "a:r1", "a:r2", are there already',
  ])
})

test('a part of a file that stands in it twice is no second load', () => {
  const [finding] = findings(recordTwice, five + five)
  expect(finding).toBe(
    'x.db:6:1 RECORD_TWICE 5 records of x.db, such as "r0", "r1", "r2", are there already',
  )
})

test('two files with the same records are one finding', () => {
  const files = { 'x.db': five, 'y.db': five }
  expect(findings(recordTwice, '', { files })).toEqual([
    'y.db:1:1 RECORD_TWICE 5 records of y.db, such as "r0", "r1", "r2", are there already',
  ])
})

test('a template changes records of one that it includes', () => {
  const files = {
    'x.db': 'include "y.db"\nrecord(ai, "x") { field(DESC, "b") }\n',
    'y.db': 'include "z.db"\n',
    'z.db': 'record(ai, "x") {}\n',
  }
  expect(findings(recordTwice, '', { files, loads: [['x.db', '']] })).toEqual([])
  expect(
    findings(recordTwice, '', {
      files,
      loads: [
        ['z.db', ''],
        ['x.db', ''],
      ],
    }),
  ).not.toEqual([])
})
