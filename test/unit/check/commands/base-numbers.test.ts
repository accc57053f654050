import { expect, test } from 'vitest'
import { mayMisfit } from '../../../../src/check/commands/base-numbers.ts'
import { commandCalls } from '../../../../src/check/commands/calls.ts'
import { walkScript } from '../../../support/checked-script.ts'

test.each([
  ['callbackSetQueueSize 3000', false],
  ['callbackSetQueueSize', false],
  ['callbackSetQueueSize 3k', true],
  ['epicsThreadSleep 0.5', false],
  ['epicsThreadSleep 1s', true],
  ['dbpr name 2', false],
  ['dbpr name all', true],
  ['dbpf name text', false],
  ['toString text', false],
])('%s', (line, expected) => {
  const last = [...commandCalls(walkScript(`${line}\n`, {}).outcome)].at(-1)
  expect(last && mayMisfit(last.call)).toBe(expected)
})
