import { expect, test } from 'vitest'
import { loadedAgain } from '../../../../src/check/records/loaded-again.ts'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { told } from '../../../support/definitions.ts'

const script = { name: 'st.cmd', text: 'dbLoadRecords x.db\ndbLoadRecords x.db\n' }
const from = { message: 'loaded here', at: spanOf(script, 14, 18) }
const at = spanOf(script, 33, 37)

test.each([
  ['record(ai, "a") {}', ['its record "a" is there already']],
  ['record(ai, "a") {} record(ai, "b") {}', ['its records "a", "b" are there already']],
  [
    ['a', 'b', 'c', 'd'].map((name) => `record(ai, "${name}") {}\n`).join(''),
    ['its 4 records, such as "a", "b", "c", are there already'],
  ],
  ['include "y.db"', ['its record "y" is there already']],
  ['# no record', []],
])('%s', (text, expected) => {
  const loader = createLoader()
  const result = loader.load(
    { name: 'x.db', text },
    { from, open: () => ({ name: 'y.db', text: 'record(ai, "y") {}' }) },
  )
  const first = { text: result.text, includes: loader.texts.slice(1), given: [] }
  const found = [...loadedAgain([{ first, at }], loader.database)]
  expect(told(found)).toEqual(
    expected.map(
      (one) => `st.cmd:2:15 RECORD_TWICE x.db is loaded again with the same macros: ${one}`,
    ),
  )
  for (const { notes } of found) expect(notes).toEqual([{ message: 'first here', at: from.at }])
})
