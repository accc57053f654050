import { expect, test } from 'vitest'
import { formatPlace } from '../../../../src/text/span.ts'
import { checkScript, commandTable } from '../../../support/checked-script.ts'

const table = commandTable(['dbLoadGroup ?', 'iocInit ?', 'cd ?'])
const base = 'registrar(QSRVRegistrar)\n'
const pvxs = 'registrar(pvxsGroupSourceRegistrar)\n'

const lost = 'FILE_NOT_FOUND there is no group file "g.json" in /here/q, where iocInit opens it'

// What QSRV of base 7.0.10 and pvxs say in an IOC.
test.each([
  ['dbLoadGroup g.json\niocInit\n', base, []],
  ['dbLoadGroup g.json\niocInit\ncd q\n', base, []],
  ['dbLoadGroup g.json\ncd q\niocInit\n', base, [lost]],
  ['dbLoadGroup g.json\ncd q\n', base, [lost]],
  ['dbLoadGroup /here/g.json\ncd q\niocInit\n', base, []],
  ['dbLoadGroup both.json\ncd q\niocInit\n', base, []],
  ['dbLoadGroup g.json\ncd q\niocInit\n', pvxs, []],
  ['cd q\niocInit\ndbLoadGroup both.json\ncd ..\n', base, []],
])('%j with %j', (script, dbd, expected) => {
  const files = { 'g.json': '{}', 'both.json': '{}', 'q/both.json': '{}' }
  const found = checkScript(script, { table, files, dbd })
  const told = found.filter(({ code }) => code !== 'COMMAND_TOO_LATE')
  expect(told.map(({ code, message }) => `${code} ${message}`)).toEqual(expected)
})

test('the line that would do', () => {
  const script = 'dbLoadGroup g.json\ncd q\niocInit\n'
  const files = { 'g.json': '{}', 'q/x': '' }
  const [found] = checkScript(script, { table, files, dbd: base })
  expect(found?.hint).toBe("dbLoadGroup '/here/g.json'")
})

const spare = 'ARGUMENT_EXTRA st.cmd:1:20'

test.each([
  ['dbLoadGroup g.json "P=X"', base, [spare]],
  ['dbLoadGroup g.json ""', base, []],
  ['dbLoadGroup g.json "P=X"', pvxs, []],
])('macros: %j with %j', (line, dbd, expected) => {
  const found = checkScript(`${line}\niocInit\n`, { table, files: { 'g.json': '{}' }, dbd })
  expect(found.map(({ code, at }) => `${code} ${at && formatPlace(at)}`)).toEqual(expected)
})
