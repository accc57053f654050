import fc from 'fast-check'
import { test } from 'vitest'
import { splitLine } from '../../../src/shell/split.ts'
import { hostileText } from '../../support/hostile-text.ts'

test('any line is split, words are in order and hold what is between their offsets', () => {
  fc.assert(
    fc.property(hostileText({ maxLength: 30 }), (line) => {
      const { words, redirections, error } = splitLine(line)
      const places = [...words, ...redirections.map(({ file }) => file)].sort(
        (a, b) => a.start - b.start,
      )
      const inOrder = places.every(
        ({ start, end, text }, index) =>
          start >= (places[index - 1]?.end ?? 0) &&
          end <= line.length &&
          text.length <= end - start,
      )
      return inOrder && (!error || /["'\\<>1-9]/.test(line.charAt(error.at)))
    }),
    { numRuns: 10_000 },
  )
})
