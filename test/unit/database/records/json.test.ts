import { expect, test } from 'vitest'
import { compactJson, endOfJson } from '../../../../src/database/records/json.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

test.each([
  ['{}', '{}'],
  ['[1, 2 ,]', '[1,2,]'],
  ['{a : "b", c-d : e,}', '{a:"b","c-d":"e"}'],
  ["{a: # comment }\n 'it\\'s'}", "{a:'it\\'s'}"],
  ['{a:[1,{b:null}],c:+.5}', '{a:[1,{b:null}],c:+.5}'],
])('%s', (text, compact) => {
  expect(endOfJson(`x${text}y`, 1)).toMatchObject({ end: text.length + 1, isValid: true })
  expect(compactJson(text)).toBe(compact)
})

test('levels upon levels', () => {
  const text = `${'{"a": '.repeat(100_000)}{b:1,}${'}'.repeat(100_000)}`
  const took = processorTime(() => {
    expect(compactJson(text)).toHaveLength(text.length - 100_001)
  })
  expect(took).toBeLessThan(soon)
})

test.each([
  ['[,]', 2],
  ['{1:1}', 2],
  ['{a}', 3],
  ['{a:1 b:2}', 6],
  ['{a:{b:1})', 9],
  ['{a:"b\n"}', 4],
  ['[', 1],
])('%s is not valid', (text, end) => {
  expect(endOfJson(text, 0)).toMatchObject({ end, isValid: false })
})
