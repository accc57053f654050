import { expect, test } from 'vitest'
import { nearTailFix, nearWordFix, placeOfText } from '../../../src/text/fix.ts'

const text = 'field(DSEC, "ON") $(M)'
const source = { name: 'a.db', text }

test.each([
  ['a word', 'DSEC', 6, 10, ['DESC', 'VAL'], [6, 10, 'DESC']],
  ['a word in quotes', 'ON', 12, 16, ['OFF', 'On'], [13, 15, 'On']],
  ['two candidates', 'DSEC', 6, 10, ['DESC', 'DSEX'], undefined],
  ['a candidate that may be another word', 'DSEC', 6, 10, ['DXCX'], undefined],
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

test.each([
  ['behind a path', '"db/mtor.db"', 'mtor.db', 'db/motor.db'],
  ['alone', 'mtor.db', 'mtor.db', 'motor.db'],
  ['the end of a longer word', 'xmtor.db', 'mtor.db', undefined],
  ['longer than what is written', 'r.db', 'mtor.db', undefined],
])('the last part of what is written: %s', (_title, written, word, expected) => {
  const place = { source: { name: 'a', text: written }, start: 0, end: written.length }
  const fixed = nearTailFix(word, ['motor.db'], place).map(
    ({ at, replacement }) => written.slice(0, at.start) + replacement + written.slice(at.end),
  )
  expect(fixed.map((one) => one.replaceAll('"', ''))).toEqual(expected ? [expected] : [])
})

test.each([
  ['a b c', 'b', 2],
  ['a b b', 'b', undefined],
  ['a c', 'b', undefined],
])('the place of a text in %s', (written, word, start) => {
  const place = { source: { name: 'a', text: `--${written}` }, start: 2, end: 2 + written.length }
  expect(placeOfText(word, place)?.start).toBe(start === undefined ? undefined : start + 2)
})
