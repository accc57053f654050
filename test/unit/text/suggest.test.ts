import { expect, test } from 'vitest'
import { didYouMean, suggest } from '../../../src/text/suggest.ts'

const modules = ['asyn', 'stream', 'motor', 'iocstats', 'simdevice', 'a'.repeat(202)]

test.each([
  ['asin', ['asyn']],
  ['ASYN', ['asyn']],
  ['sayn', ['asyn']],
  ['sim-device', ['simdevice']],
  ['sim_devise', ['simdevice']],
  ['iocStats', ['iocstats']],
  ['nothing', []],
  ['', []],
  ['mo', []],
  ['a'.repeat(201), []],
])('near %j: %j', (word, expected) => {
  expect(suggest(word, modules)).toEqual(expected)
})

test('as a sentence, or nothing', () => {
  expect(didYouMean('motr', modules)).toBe('did you mean "motor"?')
  expect(didYouMean('nothing', modules)).toBeUndefined()
})
