import { expect, test } from 'vitest'
import { checkScript, commandTable, shortForm } from '../../../support/checked-script.ts'

const table = commandTable(['dbLoadRecords ?', 'dbLoadDatabase ?', 'dbLoadTemplate ?', 'iocInit'])
const dbd = 'recordtype(ai) { field(NAME, DBF_STRING) { size(61) } }\n'
const files = {
  'dbd/counter.dbd': 'include "type.dbd"\n',
  'dbd/type.dbd': 'recordtype(counter) { field(NAME, DBF_STRING) { size(61) } }\n',
  'dev.db': 'record(ai, "A") {}\nrecord(counter, "$(P=C)") {}\nrecord(counter, "$(P=C)2") {}\n',
  'dev.subs': 'file dev.db { {P=X} }\n',
}

test.each([
  ['dbLoadDatabase dbd/counter.dbd dbd\ndbLoadRecords dev.db\niocInit\n', []],
  [
    'dbLoadRecords dev.db\ndbLoadDatabase dbd/counter.dbd dbd\niocInit\n',
    ['error RECORD_BEFORE_MODULE st.cmd:1:1'],
  ],
  [
    'dbLoadTemplate dev.subs\ndbLoadDatabase dbd/counter.dbd dbd\niocInit\n',
    ['error RECORD_BEFORE_MODULE st.cmd:1:1'],
  ],
  // The type is not known at all, which is said at the record.
  ['dbLoadRecords dev.db\niocInit\n', []],
])('%j', (script, expected) => {
  const found = checkScript(script, { table, files, dbd })
  expect(found.map(shortForm)).toEqual(expected)
  for (const { notes, hint } of found) {
    expect(notes.map(({ message }) => message)).toEqual(['the type is loaded here'])
    expect(hint).toContain('dbLoadDatabase dbd/counter.dbd')
  }
})
