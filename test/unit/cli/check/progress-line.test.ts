import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { progressLine } from '../../../../src/cli/check/progress-line.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function written(isTerminal: boolean, isQuiet = false): string[] {
  const texts: string[] = []
  const output = {
    ...{ write: (text: string) => void texts.push(text), writeAll: async () => true },
    ...{ isTerminal, columns: 10 },
  }
  const line = progressLine(output, isQuiet)
  line.show('at once')
  vi.advanceTimersByTime(400)
  line.show('while others work')
  vi.advanceTimersByTime(200)
  line.show('a long line')
  line.show('too soon')
  vi.advanceTimersByTime(100)
  line.show('more')
  line.clear()
  line.clear()
  return texts
}

test('a terminal shows what takes long, cut to its width, and is cleared once', () => {
  expect(written(true)).toEqual([
    '\r\u001b[Kwhile oth',
    '\r\u001b[Ka long li',
    '\r\u001b[Kmore',
    '\r\u001b[K',
  ])
})

test.each([
  ['a large text is shown at once', 10_000_000, ['\r\u001b[Klarge']],
  ['one that is done soon is not', 10_000, []],
])('%s', (_title, characters, expected) => {
  const texts: string[] = []
  const output = {
    ...{ write: (text: string) => void texts.push(text), writeAll: async () => true },
    isTerminal: true,
  }
  progressLine(output, false).show('large', characters)
  expect(texts).toEqual(expected)
})

test.each([
  ['elsewhere', false, false],
  ['with --quiet', true, true],
])('%s nothing is written', (_title, isTerminal, isQuiet) => {
  expect(written(isTerminal, isQuiet)).toEqual([])
})
