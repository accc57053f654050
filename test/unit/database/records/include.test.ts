import { expect, test } from 'vitest'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { told } from '../../../support/definitions.ts'

const files: Readonly<Record<string, string>> = {
  'a.db': 'record(ai, "a") { field(PREC, 1) }\n',
  'again.db': 'record(ai, "a") { field(PREC, 4) }\n',
  'fields.db': 'field(PREC, 6)\ninfo(q, "r")\n',
  'close.db': 'field(PREC, 7)}\n',
  'open.db': 'record(ai, "o") {\n',
  'head.db': 'record(ai, "h")\n',
  'next.db': '} record(ai, "n") {\n',
}

/** Records with their precisions and what is wrong with a database that includes some of the files. */
function load(text: string) {
  const loader = createLoader()
  const { diagnostics } = loader.load(
    { name: 'x.db', text },
    { open: (name) => (files[name] ? { name, text: files[name] } : undefined) },
  )
  const records = [...loader.database.records.values()]
  return {
    records: records.map((record) => `${record.name} ${record.last('PREC')?.value ?? ''}`.trim()),
    findings: told(diagnostics),
  }
}

test.each([
  ['record(ai, "x") {\ninclude "fields.db"\n}', ['x 6']],
  ['record(ai, "x") { include "fields.db"\n field(PREC, 2) }', ['x 2']],
  ['record(ai, "x") {\ninclude "close.db"\nrecord(ai, "y") {}', ['x 7', 'y']],
  ['include "open.db"\nfield(PREC, 1)}\nrecord(ai, "y") {}', ['o 1', 'y']],
  ['include "head.db"\n{field(PREC, 3)}\n', ['h 3']],
  ['include "head.db"\nrecord(ai, "y") {}\n', ['h', 'y']],
  ['record(ai, "x") {\ninclude "next.db"\nfield(PREC, 2) }', ['x', 'n 2']],
])('%j: the braces of a record go on over the ends of files', (text, records) => {
  expect(load(text)).toEqual({ records, findings: [] })
})

test.each([
  ['include "a.db" record(ai, "a") { field(PREC, 9) }\n', ['a 1']],
  ['include "a.db" include "again.db"\n', ['a 1']],
  ['include "again.db" # include "a.db"\nrecord(ai, "b") {}', ['a 4', 'b']],
  ['record(ai, "x") { include "fields.db" field(PREC, 2)\n}', ['x 6']],
  ['include "fields.db" record(ai, "x") {\n}', ['x 6']],
  ['include "a.db"', ['a 1']],
])('%j: a file is read at the end of the line that includes it', (text, records) => {
  expect(load(text)).toEqual({ records, findings: [] })
})

test.each([
  [
    'record(ai, "x") {\ninclude "a.db"\n}',
    ['a.db:1:1 DB_SYNTAX the braces of record x are not closed'],
  ],
  ['include "open.db"\n', ['x.db:2:1 DB_SYNTAX the braces of record o are not closed']],
  [
    'include "a.db" record(ai,\n"b") {}\n',
    [
      'x.db:1:9 DB_SYNTAX the line end, where the IOC reads the included file, is inside of what follows',
    ],
  ],
  [
    'record(ai, "x") {\npath "y"\n}',
    ['x.db:2:1 DB_SYNTAX "path" stands where field(NAME, "value"), info, alias or "}" is expected'],
  ],
])('%j: what does not fit together', (text, findings) => {
  expect(load(text).findings).toEqual(findings)
})

test('a file that stands in the braces of a record is part of its load', () => {
  const text = 'record(ai, "x") {\ninclude "none.db"\ninclude "x.db"\n}\n'
  expect(load(text).findings).toEqual([
    'x.db:2:9 FILE_NOT_FOUND the file "none.db" to include is not found',
    'x.db:3:9 INCLUDE_LOOP databases include each other without end: x.db -> x.db',
  ])
})
