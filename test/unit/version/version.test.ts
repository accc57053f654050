import { expect, test } from 'vitest'
import { formatVersion, parseVersion } from '../../../src/version/version.ts'

test.each([
  ['1.0.0', { name: '1.0.0', numbers: [1, 0, 0] }],
  ['1.0.0+0', { name: '1.0.0', numbers: [1, 0, 0], revision: '0' }],
  ['3.17.1+12', { name: '3.17.1', numbers: [3, 17, 1], revision: '12' }],
  ['01.0.00+007', { name: '1.0.0', numbers: [1, 0, 0], revision: '7' }],
  ['9007199254740991.0.0', { name: '9007199254740991.0.0', numbers: [9007199254740991, 0, 0] }],
])('%s is numeric', (text, parts) => {
  expect(parseVersion(text)).toEqual({ kind: 'numeric', text, ...parts })
})

test.each([
  ['mytest', { name: 'mytest' }],
  ['mytest+2', { name: 'mytest', revision: '2' }],
  ['mytest+002', { name: 'mytest', revision: '2' }],
  ['1.0', { name: '1.0' }],
  ['1.0+3', { name: '1.0', revision: '3' }],
  ['1.0.0-test', { name: '1.0.0-test' }],
  ['1.0.0-1', { name: '1.0.0-1' }],
  ['7.0.8.1', { name: '7.0.8.1' }],
  ['1.0.0+x', { name: '1.0.0+x' }],
  ['1.0.0+1+2', { name: '1.0.0+1+2' }],
  ['1.0.0+', { name: '1.0.0+' }],
  ['+1', { name: '+1' }],
  ['', { name: '' }],
  ['1.0.0\n', { name: '1.0.0\n' }],
  ['9007199254740992.0.0', { name: '9007199254740992.0.0' }],
  ['1.0.0+9007199254740993', { name: '1.0.0', revision: '9007199254740993' }],
])('%j is a test version', (text, parts) => {
  expect(parseVersion(text)).toEqual({ kind: 'test', text, ...parts })
})

test('the text is kept as it was written', () => {
  expect(formatVersion(parseVersion('01.0.0+03'))).toBe('01.0.0+03')
})
