import { expect, test } from 'vitest'
import { checkScript, commandTable, shortForm } from '../../../support/checked-script.ts'

const table = commandTable([
  'epicsEnvSet name value',
  'dbLoadRecords file:path macros',
  'callbackSetQueueSize bufsize:int',
  'epicsThreadSleep seconds:double',
  'registerAllRecordDeviceDrivers pdbbase:pdbbase',
  'help command:argv',
  'echo string',
  'var name value',
  'asInit',
  'unknown ?',
])

test.each([
  ['callbackSetQueueSize 3000', []],
  ['callbackSetQueueSize 0x1F', []],
  ['asInit ""', []],
  ['callbackSetQueueSize', ['error ARGUMENT_TYPE st.cmd:1:1']],
  ['callbackSetQueueSize ""', ['error ARGUMENT_TYPE st.cmd:1:22']],
  ['callbackSetQueueSize abc', ['error ARGUMENT_TYPE st.cmd:1:22']],
  ['callbackSetQueueSize 08', ['error ARGUMENT_TYPE st.cmd:1:22']],
  ['callbackSetQueueSize "12 "', ['error ARGUMENT_TYPE st.cmd:1:22']],
  ['callbackSetQueueSize 1e3', ['error ARGUMENT_TYPE st.cmd:1:22']],
  ['callbackSetQueueSize 99999999999999999999', ['error ARGUMENT_TYPE st.cmd:1:22']],
  ['epicsThreadSleep 1e3', []],
  ['epicsThreadSleep 1s', ['error ARGUMENT_TYPE st.cmd:1:18']],
  ['registerAllRecordDeviceDrivers pdbbase', []],
  ['registerAllRecordDeviceDrivers', []],
  ['registerAllRecordDeviceDrivers &pdbbase', ['error ARGUMENT_TYPE st.cmd:1:32']],
  ['dbLoadRecords a.db, "A=1, B=2"', []],
  ['dbLoadRecords a.db, A=1, B=2', ['warning ARGUMENT_EXTRA st.cmd:1:26']],
  ['dbLoadRecords a.db "" ""', []],
  ['dbLoadRecords', ['error ARGUMENT_MISSING st.cmd:1:1']],
  ['epicsEnvSet A b, c d', ['warning ARGUMENT_EXTRA st.cmd:1:18']],
  ['epicsEnvSet(A, "b, c d")', []],
  ['epicsEnvSet A b # why', ['info ARGUMENT_EXTRA st.cmd:1:17']],
  ['echo this works', ['info ARGUMENT_EXTRA st.cmd:1:11']],
  ['help a b c', []],
  ['asInit()', []],
  ['asInit 1', ['warning ARGUMENT_EXTRA st.cmd:1:8']],
  ['unknown a b c', []],
  ['var dbRecordsOnceOnly 1', []],
  ['var dbRecordOnceOnly 1', ['error VARIABLE_UNKNOWN st.cmd:1:5']],
  ['var db*', []],
  ['var', []],
])('%s', (line, expected) => {
  const found = checkScript(`${line}\n`, { table, files: { 'a.db': '' } })
  expect(found.map(shortForm)).toEqual(expected)
})

test.each([
  ['var n 10', []],
  ['var n ten', ['error ARGUMENT_TYPE st.cmd:1:7']],
  ['var n ""', ['error ARGUMENT_TYPE st.cmd:1:7']],
  ['var d 1.5', []],
  ['var d x', ['error ARGUMENT_TYPE st.cmd:1:7']],
])('types of variables of the dbd: %s', (line, expected) => {
  const dbd = 'variable(n, int)\nvariable(d, double)\n'
  expect(checkScript(`${line}\n`, { table, dbd }).map(shortForm)).toEqual(expected)
})

test('messages name the argument and its usage', () => {
  const [found] = checkScript('epicsThreadSleep 1s\n', { table })
  expect(found?.message).toContain('argument "seconds" is a number, not "1s"')
  expect(found?.hint).toBe('usage: epicsThreadSleep seconds')
})

test.each([
  ['dbLoadRecords("a.db", "A=1", 0)', 'take it away'],
  ['dbLoadRecords "a.db", "A=1", 0, 0', 'take them away'],
  ['dbLoadRecords a.db, A=1, B=2', 'text with blanks, commas or brackets must be in double quotes'],
  ['epicsEnvSet A 1 2', 'text with blanks, commas or brackets must be in double quotes'],
  ['asInit 1', 'usage: asInit'],
])('the remedy of %j', (script, hint) => {
  expect(checkScript(`${script}\n`, { table })[0]?.hint).toBe(hint)
})
