import { expect, test } from 'vitest'
import { endOfJson } from '../../../../src/database/records/json.ts'

test.each([
  ['[]', 2],
  ['[1]', 3],
  ['[1,]', 3],
  ['[1,2]', 4],
  ['[1,2,[3,4],5]', 9],
  ['[[1,2,3],4]', 7],
  ['{}', 2],
  ['{a:1}', 4],
  ['{a:1,b:2}', 6],
  ['{a:[1]}', 6],
  ['{a:{b:{}}}', 8],
])('%s needs room for %i symbols', (text, depth) => {
  expect(endOfJson(text, 0)).toEqual({ end: text.length, isValid: true, depth })
})
