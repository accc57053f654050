import { expect, test } from 'vitest'
import { baseDevices } from '../../../../src/check/records/base-devices.ts'
import { findings } from '../../../support/checked-ioc.ts'

const dbd = `
device(ai, CONSTANT, devAiSoftCallback, "Async Soft Channel")
device(ao, CONSTANT, devAoSoftCallback, "Async Soft Channel")
device(ai, INST_IO, devAiGeneralTime, "General Time")
device(stringin, INST_IO, devSiGeneralTime, "General Time")
`
const wanted = 'but device support "Async Soft Channel" takes the name of a PV'
const unknown = (value: string) =>
  `INP of "x" is "${value}", which device support "General Time" does not know`

// What an IOC of base 7.0.10 says `Illegal INP field` and `Bad parm` to.
test.each<[string, string, string | undefined, string | undefined]>([
  ['ai', 'DTYP, "Async Soft Channel"', undefined, `INP of "x" is empty, ${wanted}`],
  ['ai', 'DTYP, "Async Soft Channel"', '', `INP of "x" is empty, ${wanted}`],
  ['ai', 'DTYP, "Async Soft Channel"', '1', `INP of "x" is the constant "1", ${wanted}`],
  ['ai', 'DTYP, "Async Soft Channel"', 'x.DESC', undefined],
  [
    'ai',
    'DTYP, "Async Soft Channel"',
    'y CA',
    'INP of "x" is a PV that this IOC does not have, but device support "Async Soft Channel" takes only its own',
  ],
  ['ai', 'DTYP, "Soft Channel"', '1', undefined],
  ['ao', 'DTYP, "Async Soft Channel"', undefined, undefined],
  ['ai', 'DTYP, "General Time"', '@TIME', undefined],
  ['ai', 'DTYP, "General Time"', '@time', undefined],
  ['ai', 'DTYP, "General Time"', '@BESTTCP', unknown('@BESTTCP')],
  ['stringin', 'DTYP, "General Time"', '@BESTTEP', undefined],
  ['stringin', 'DTYP, "General Time"', '@BEST', unknown('@BEST')],
])('%s with %s and %j', (type, dtyp, input, message) => {
  const link = input === undefined ? '' : `field(INP, "${input}")`
  const found = findings(baseDevices, `record(${type}, "x") { field(${dtyp}) ${link} }`, { dbd })
  expect(found.map((one) => one.replace(/^\S+ /, ''))).toEqual(
    message === undefined ? [] : [`LINK_DEVICE ${message}`],
  )
})
