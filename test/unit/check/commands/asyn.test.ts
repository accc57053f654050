import { expect, test } from 'vitest'
import { checkScript, commandTable, shortForm } from '../../../support/checked-script.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

const table = commandTable(['drvAsynIPPortConfigure ?', 'dbLoadRecords ?', 'iocInit ?'])

function check(dtyp: string, link: string): string[] {
  const files = { 'a.db': `record(ai, "A") { field(DTYP, "${dtyp}") field(INP, "${link}") }\n` }
  const script = 'drvAsynIPPortConfigure L0 h:1\ndbLoadRecords a.db\niocInit\n'
  return checkScript(script, { table, files }).map((one) => shortForm(one).split(' ')[1] ?? '')
}

// What asyn 4.45 says to each of them in an IOC.
test.each([
  ['asynFloat64', '@asyn(L0)', true],
  ['asynFloat64', '@asyn(L0,0)X', true],
  ['asynFloat64', '@asyn( L0 0 1 )X', true],
  ['asynFloat64', '@asyn(L0, 0x1, 1.5)X y', true],
  ['asynOctetRead', '@asyn(L0,0,.5)', true],
  ['asynInt32', '@asynMask(L0,0,12)X', true],
  ['asynUInt32Digital', '@asynMask(L0,0,0x1)X', true],
  ['asynUInt32Digital', '@asynMask(L0 0 0x1 2)X', true],
  ['asynFloat64', '@asyn L0', false],
  ['asynFloat64', '@asyn(L0,0', false],
  ['asynFloat64', '@asyn(L0,x)', false],
  ['asynFloat64', '@asynMask(L0,0,0x1)X', false],
  ['asynInt32ArrayIn', '@asynMask(L0,0,0x1)X', false],
  ['asynUInt32Digital', '@asyn(L0,0,0x1)X', false],
  ['asynUInt32Digital', '@asynMask(L0,0)X', false],
  ['asynFloat64', '@ASYN(L0,0)X', false],
  ['asynFloat64', '@asyn (L0,0)X', false],
  ['asynFloat64', '@asyn()X', false],
  ['asynFloat64', '@asyn(L0,0X1,1E1)X', true],
  // Supports of other modules have rules of their own.
  ['asyn MCA', '@asyn L0', true],
])('%s %s', (dtyp, link, isGood) => {
  expect(check(dtyp, link)).toEqual(isGood ? [] : ['ASYN_LINK'])
})

test('a port that nothing creates', () => {
  expect(check('asynFloat64', '@asyn(L1,0)X')).toEqual(['PORT_UNKNOWN'])
})

test('a very long link takes no time', () => {
  const checkIt = () => expect(check('asynInt32', `@asyn(${' ,'.repeat(100_000)}`)).toEqual([])
  expect(processorTime(checkIt)).toBeLessThan(soon)
})
