import { expect, test } from 'vitest'
import { argumentBytes } from '../../../src/host/argument-bytes.ts'

test('words that are not the arguments of this process become UTF-8', () => {
  expect(argumentBytes(['a', '\u00e9', '\ufffd'])).toEqual([
    'a',
    '\u00c3\u00a9',
    '\u00ef\u00bf\u00bd',
  ])
  expect(argumentBytes([])).toEqual([])
})
