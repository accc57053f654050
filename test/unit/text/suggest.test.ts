import { expect, test } from 'vitest'
import { didYouMean, isOffer, isTypo, suggest } from '../../../src/text/suggest.ts'

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

test.each([
  ['DSEC', 'DESC', true],
  ['dbLoadRecord', 'dbLoadRecords', true],
  ['dbLoadTemplat', 'dbLoadTemplate', true],
  ['dbLodRecrd', 'dbLoadRecords', false],
  ['abc', 'adb', false],
  ['iocLogDisable=1', 'setIocLogDisable', false],
  ['iocshCmdLoop', 'iocshCmd', false],
  ['asynInt64', 'asynInt32', false],
  ['LAB:Temp1', 'LAB:Temp2', false],
  ['LAB:Tmep1', 'LAB:Temp1', true],
])('%s is a misspelled %s: %s', (word, candidate, expected) => {
  expect(isTypo(word, candidate)).toBe(expected)
})

test.each([
  [didYouMean('motr', modules), true],
  ['see the list of modules', false],
  [undefined, false],
])('%j offers a name: %s', (hint, expected) => {
  expect(isOffer(hint)).toBe(expected)
})
