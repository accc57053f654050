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

test.each([
  ['motr', 'did you mean "motor"?'],
  ['nothing', undefined],
  ['simdev', 'did you mean "simdevice"?'],
  ['IOC-st', 'did you mean "ioc_state" or "ioc_status"?'],
  ['io', undefined],
  ['--modul', 'did you mean "--module-path"?'],
  ['--m', undefined],
])('%s: %s', (word, sentence) => {
  const words = [...modules, 'ioc_status', 'ioc_state', '--module-path']
  expect(didYouMean(word, words)).toBe(sentence)
})
