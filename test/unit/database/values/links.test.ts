import { expect, test } from 'vitest'
import { readLink } from '../../../../src/database/values/links.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

test.each([
  ['', { kind: 'empty' }],
  ['  ', { kind: 'empty' }],
  ['5', { kind: 'constant' }],
  [' -5.5e-3 ', { kind: 'constant' }],
  ['0x1F', { kind: 'constant' }],
  ['.5', { kind: 'constant' }],
  ['5.', { kind: 'constant' }],
  ['nan', { kind: 'constant' }],
  ['Inf', { kind: 'constant' }],
  ['infinite', { kind: 'pv', target: 'infinite', modifiers: '' }],
  ['5:a', { kind: 'pv', target: '5:a', modifiers: '' }],
  ['5 PP', { kind: 'pv', target: '5', modifiers: 'PP' }],
  ['a.VAL  CP  MS ', { kind: 'pv', target: 'a.VAL', modifiers: 'CP  MS' }],
  ['a\tCP', { kind: 'pv', target: 'a\tCP', modifiers: '' }],
  ['{Det:1}Pos', { kind: 'pv', target: '{Det:1}Pos', modifiers: '' }],
  ['w.VAL[0:3]', { kind: 'pv', target: 'w.VAL[0:3]', modifiers: '' }],
  ['{"pva": "x"}', { kind: 'json', text: '{"pva": "x"}' }],
  ['[1,2,3]', { kind: 'json', text: '[1,2,3]' }],
  ['"abc"', { kind: 'pv', target: '"abc"', modifiers: '' }],
  ['@', { kind: 'address', linkType: 'INST_IO' }],
  ['@asyn(PORT 0)X', { kind: 'address', linkType: 'INST_IO' }],
  ['#C0 S0', { kind: 'address', linkType: 'VME_IO' }],
  [' #C0S0@x', { kind: 'address', linkType: 'VME_IO' }],
  ['#C 0x10 S -1', { kind: 'address', linkType: 'VME_IO' }],
  ['#B1 C2 N3', { kind: 'address', linkType: 'CAMAC_IO' }],
  ['#B1 C2 N3 A4 F5 @x', { kind: 'address', linkType: 'CAMAC_IO' }],
  ['#R1 M2 D3 E4', { kind: 'address', linkType: 'RF_IO' }],
  ['#R1 M2 D3 E4 @x', { kind: 'address', linkType: undefined }],
  ['#L1 A2 C3 S4', { kind: 'address', linkType: 'AB_IO' }],
  ['#L1 A2', { kind: 'address', linkType: 'GPIB_IO' }],
  ['#L1 N2 P3 S4 @x', { kind: 'address', linkType: 'BITBUS_IO' }],
  ['#L1 B2 G3 @', { kind: 'address', linkType: 'BBGPIB_IO' }],
  ['#V1 C2 S3', { kind: 'address', linkType: 'VXI_IO' }],
  ['#V1 S2', { kind: 'address', linkType: 'VXI_IO' }],
  ['#', { kind: 'address', linkType: undefined }],
  ['#c0 s0', { kind: 'address', linkType: undefined }],
  ['#S0 C0', { kind: 'address', linkType: undefined }],
  ['#C0, S0', { kind: 'address', linkType: undefined }],
  ['#C0 S0 junk', { kind: 'address', linkType: undefined }],
])('readLink(%j)', (value, link) => {
  expect(readLink(value)).toEqual(link)
})

test('long texts of any kind take no more than their length', () => {
  for (const one of ['1', ' ', '#', 'C1', '@', 'a ', '{', '0x']) {
    const text = one.repeat(1_000_000 / one.length)
    expect(processorTime(() => [readLink(text), readLink(`#${text}`)])).toBeLessThan(soon)
  }
})
