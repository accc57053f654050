import { expect, test } from 'vitest'
import { definitionKey, providedDefinitions } from '../../../src/modules/provided-definitions.ts'
import { siteOf, versionFolder } from '../../support/tree.ts'

const streamDbd = `
device(ai, INST_IO, devaiStream, "stream")
device(ao, INST_IO, devaoStream, "stream")
link(strm, lnkStream)
`
const site = siteOf({
  stream: {
    '2.8.24': { ...versionFolder('stream', ''), dbd: { 'stream.dbd': 'recordtype(old) {}' } },
    '2.8.26': { ...versionFolder('stream', ''), dbd: { 'stream.dbd': streamDbd } },
    '3.0.0': {},
  },
  motor: {
    '7.3.1': { ...versionFolder('motor', ''), dbd: { 'motor.dbd': 'recordtype(motor) {}' } },
  },
  damaged: { '1.0.0': { ...versionFolder('damaged', ''), dbd: { 'damaged.dbd': 'device(((' } } },
  plain: { '1.0.0': '' },
})

test.each([
  ['stream', '2.8.26', ['link type strm', 'device support ai stream', 'device support ao stream']],
  ['motor', '7.3.1', ['record type motor']],
  ['damaged', '1.0.0', []],
  ['plain', '1.0.0', []],
])('the newest usable version of %s is %s and brings %j', (module, version, keys) => {
  expect(providedDefinitions(site, module)).toEqual({ module, version, keys })
})

test('modules without a version', () => {
  expect(providedDefinitions(site, 'nothing')).toBeUndefined()
})

test('keys tell kinds and record types apart', () => {
  expect(definitionKey({ kind: 'device support', name: 'x', recordType: 'ai' })).not.toBe(
    definitionKey({ kind: 'device support', name: 'x', recordType: 'ao' }),
  )
  expect(definitionKey({ kind: 'record type', name: 'x' })).not.toBe(
    definitionKey({ kind: 'link type', name: 'x' }),
  )
})
