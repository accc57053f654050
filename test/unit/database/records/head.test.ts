import { expect, test } from 'vitest'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { loadDefinitions, told } from '../../../support/definitions.ts'

const { set: definitions } = loadDefinitions({
  'main.dbd': 'recordtype(ai) { field(VAL, DBF_DOUBLE) { prompt("value") } }\n',
})

function found(text: string): string[] {
  return told(createLoader({ definitions }).load({ name: 'x.db', text }).diagnostics)
}

const noField = 'FIELD_UNKNOWN record type ai has no field NO'

test.each([
  ['record(ai, "R) {', '1:12 DB_SYNTAX this string has no end on its line'],
  ['record(ai, R") {', '1:13 DB_SYNTAX this string has no end on its line'],
  ['record(ai "R") {', '1:11 DB_SYNTAX "\\"R\\"" stands where "," behind the type is expected'],
  ['record ai, "R") {', '1:8 DB_SYNTAX "ai" stands where "(" behind record is expected'],
  ['record(ai, "R" {', '1:16 DB_SYNTAX "{" stands where ")" behind the name is expected'],
  ['record(ai, "R"', '2:3 DB_SYNTAX "field" stands where ")" behind the name is expected'],
  ['grecord(ai; R) {', '1:13 DB_SYNTAX "R" stands where "," behind the type is expected'],
])('%s: the fields are looked at all the same', (head, first) => {
  expect(found(`${head}\n  field(VAL, "1")\n  field(NO, "1")\n}\n`).slice(0, 2)).toEqual([
    `x.db:${first}`,
    `x.db:3:9 ${noField}`,
  ])
})

test('an open quote that another one on the line seems to close', () => {
  expect(found('record(ai, "R) { field(NO, "1") }\n')).toEqual([
    'x.db:1:12 DB_SYNTAX the name has no closing quote',
    `x.db:1:24 ${noField}`,
  ])
})

test.each(['record(', 'record(ai, ', 'record("ai") {', 'record(ai, "a b) {'])(
  '%s: what follows belongs to no record that is known',
  (head) => {
    const [first, ...others] = found(`${head}\n  field(NO, "1")\n}\nrecord(ai, "B") {}\n`)
    expect(first).toContain('DB_SYNTAX')
    expect(others).toEqual([])
  },
)

test('braces that stay open behind such a head are reported', () => {
  expect(found('record(ai, "R) {\n  field(VAL, "1")\n')).toEqual([
    'x.db:1:12 DB_SYNTAX this string has no end on its line',
    'x.db:3:1 DB_SYNTAX the braces of record R are not closed',
  ])
})
