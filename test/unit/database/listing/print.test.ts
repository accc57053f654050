import { expect, test } from 'vitest'
import {
  csvLines,
  jsonLines,
  type Listing,
  tableLines,
} from '../../../../src/database/listing/print.ts'
import { selectRecords } from '../../../../src/database/listing/select.ts'
import { createLoader } from '../../../../src/database/records/loader.ts'

const text = `record(ai, "$(P)A") {
  field(DESC, "a, \\"b\\"\\x1b")
  field(INP, {pva: "X"})
  info(tag, "1")
}
record(ai, "$(P)A") { field(DESC, "last") alias("$(P)B") }
record(calc, "$(P)C{1}") {}
`

function listing(change: Partial<Listing> = {}, source = text): Listing {
  const loader = createLoader()
  const from = {
    message: 'loaded here',
    at: { source: { name: 'st.cmd', text: 'x' }, start: 0, end: 1 },
  }
  loader.load({ name: 'a.db', text: source }, { macros: { list: 'P=L:' }, from })
  const { database } = loader
  const all = { types: [], names: [], fields: [] }
  return {
    ...{ database, definitions: undefined, columns: [], hasOrigin: false },
    records: () => selectRecords(database, all, undefined),
    ...change,
  }
}

test('a table: aligned, nothing behind the last word of a line', () => {
  expect([...tableLines(listing({ columns: ['DESC', 'INP'], hasOrigin: true }))]).toEqual([
    'name    type  DESC  INP         origin\n',
    'L:A     ai    last  {pva: "X"}  a.db:1:1 < st.cmd:1:1, a.db:6:1 < st.cmd:1:1\n',
    'L:C{1}  calc                    a.db:7:1 < st.cmd:1:1\n',
  ])
})

test('control characters do not reach the terminal, but programs', () => {
  const one = 'record(ai, "X") { field(DESC, "a\\x1b") }\n'
  expect([...tableLines(listing({}, one))][1]).toBe('X     ai    a\\u001b\n')
  expect([...csvLines(listing({}, one))][1]).toBe('X,ai,a\u001b\r\n')
})

test('CSV quotes what RFC 4180 wants quoted', () => {
  const one = 'record(ai, "X") { field(DESC, "a, \\"b\\"") }\n'
  expect([...csvLines(listing({}, one))]).toEqual(['name,type,DESC\r\n', 'X,ai,"a, ""b"""\r\n'])
  expect([...csvLines(listing({}, one), false)]).toHaveLength(1)
})

test('JSON: the last value of a field, aliases, info, origin', () => {
  const [first = '', second = ''] = [...jsonLines(listing({ hasOrigin: true }))]
  expect(JSON.parse(first)).toEqual({
    ...{ name: 'L:A', type: 'ai', aliases: ['L:B'], info: { tag: '1' } },
    fields: { DESC: 'last', INP: '{pva: "X"}' },
    origin: [
      { message: 'defined here', file: 'a.db', line: 1, column: 1 },
      { message: 'loaded here', file: 'st.cmd', line: 1, column: 1 },
      { message: 'added to here', file: 'a.db', line: 6, column: 1 },
      { message: 'loaded here', file: 'st.cmd', line: 1, column: 1 },
    ],
  })
  expect(JSON.parse(second)).toMatchObject({ name: 'L:C{1}', type: 'calc', fields: {} })
})
