import { expect, test } from 'vitest'
import { refusedValue } from '../../../../src/check/commands/refused-value.ts'
import { walkScript } from '../../../support/checked-script.ts'
import { told } from '../../../support/definitions.ts'

function say(line: string): string[] {
  const { outcome } = walkScript(`${line}\n`, {})
  const calls = outcome.events.flatMap((event) => (event.kind === 'command' ? [event.call] : []))
  return told(calls.flatMap((call) => [...refusedValue(call, outcome)]))
}

const size = 'ARGUMENT_TYPE callbackSetQueueSize: argument "bufsize" is a positive integer'
const priority =
  'ARGUMENT_TYPE callbackParallelThreads: argument "priority" is LOW, MEDIUM, HIGH or *'

test.each([
  ['callbackSetQueueSize 10', []],
  ['callbackSetQueueSize 1x', []],
  ['callbackSetQueueSize 0', [`st.cmd:1:22 ${size}, not "0"`]],
  ['callbackSetQueueSize -3', [`st.cmd:1:22 ${size}, not "-3"`]],
  ['callbackSetQueueSize', [`st.cmd:1:1 ${size}, none is given`]],
  ['callbackParallelThreads', []],
  ['callbackParallelThreads 2 ""', []],
  ['callbackParallelThreads 2 *', []],
  ['callbackParallelThreads 2 low', []],
  ['callbackParallelThreads 2 LOWW', [`st.cmd:1:27 ${priority}, not "LOWW"`]],
  ['dbl', []],
])('%s', (line, expected) => {
  expect(say(line)).toEqual(expected)
})
