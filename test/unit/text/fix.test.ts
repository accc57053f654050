import { expect, test } from 'vitest'
import { nearWordFix } from '../../../src/text/fix.ts'

const text = 'field(DSEC, "ON") $(M)'
const source = { name: 'a.db', text }

test.each([
  ['a word', 'DSEC', 6, 10, ['DESC', 'VAL'], [6, 10, 'DESC']],
  ['a word in quotes', 'ON', 12, 16, ['OFF', 'On'], [13, 15, 'On']],
  ['two candidates', 'DSEC', 6, 10, ['DESC', 'DSEX'], undefined],
  ['no candidate', 'DSEC', 6, 10, ['HIHI'], undefined],
  ['a macro made the word', 'motro', 18, 22, ['motor'], undefined],
  ['the place is longer than the word', 'DSEC', 6, 11, ['DESC'], undefined],
  ['an empty word', '', 6, 6, [''], undefined],
] as const)('%s', (_title, word, start, end, candidates, expected) => {
  const edits = nearWordFix(word, candidates, { source, start, end })
  expect(edits.map(({ at, replacement }) => [at.start, at.end, replacement])).toEqual(
    expected ? [expected] : [],
  )
})

test('nothing is replaced where nobody knows the place', () => {
  expect(nearWordFix('DSEC', ['DESC'], undefined)).toEqual([])
})
