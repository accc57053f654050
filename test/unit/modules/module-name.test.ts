import { expect, test } from 'vitest'
import { checkVersionMeaning } from '../../../src/modules/module-name.ts'

test.each([
  ['1.0.0', undefined],
  ['1.0.0+12', undefined],
  ['mytest', undefined],
  ['1.0.0-test', undefined],
  ['1.0.0+x', 'VERSION_INVALID'],
  ['1.0.0+', 'VERSION_INVALID'],
  ['1.0.0+1+2', 'VERSION_INVALID'],
  ['01.0.0', 'VERSION_UNCLEAR'],
  ['1.0.0+01', 'VERSION_UNCLEAR'],
  ['1.0.0-1', 'VERSION_UNCLEAR'],
  ['1.0', 'VERSION_UNCLEAR'],
  ['v1.0.0', 'VERSION_UNCLEAR'],
  ['2', 'VERSION_UNCLEAR'],
  ['1.2.3.4', 'VERSION_UNCLEAR'],
])('what the version %s means for who builds it: %s', (text, code) => {
  expect(checkVersionMeaning(text)?.code).toBe(code)
})
