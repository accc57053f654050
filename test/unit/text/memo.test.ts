import { expect, test } from 'vitest'
import { memo } from '../../../src/text/memo.ts'

test('each key is asked for once, also if the answer is undefined', () => {
  const asked: string[] = []
  const length = memo((key: string) => {
    asked.push(key)
    return key.length > 0 ? key.length : undefined
  })
  expect(['a', '', 'bc', '', 'a'].map(length)).toEqual([1, undefined, 2, undefined, 1])
  expect(asked).toEqual(['a', '', 'bc'])
})
