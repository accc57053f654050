import { expect, test } from 'vitest'
import { modulePvs } from '../../../../src/check/records/module-pvs.ts'
import { moduleRecords } from '../../../../src/startup/module-records.ts'
import { findings } from '../../../support/checked-ioc.ts'

const own = moduleRecords({
  ...{ prefix: 'LAB:X', productVersion: '0.1.0', baseVersion: '7.0.10' },
  modules: [{ name: 'asyn', version: '4.42.0' }],
}).value

test.each([
  ['ai', 'LAB:X:RequireVersion', 'stringin'],
  ['ai', 'LAB:X:asyn_VER', 'stringin'],
  ['stringin', 'LAB:X:Modules', 'waveform'],
  ['stringin', 'LAB:X:RequireVersion', undefined],
  ['ai', 'LAB:Y:RequireVersion', undefined],
])('%s %s', (type, name, there) => {
  const message = `record ${name} is of type ${there} already, not ${type}: it tells the version of a module`
  expect(findings(modulePvs(own), `\nrecord(${type}, "${name}") {}\n`)).toEqual(
    there ? [`x.db:2:1 RECORD_TYPE_CONFLICT ${message}`] : [],
  )
})
