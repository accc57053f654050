import { expect, test } from 'vitest'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { applyFixes } from '../../../src/text/edits.ts'

type Edit = readonly [start: number, end: number, replacement: string]

const source = { name: 'a.db', text: 'abcdef' }

function fixed(...fixes: Edit[][]) {
  const found = fixes.map((edits) =>
    diagnostic('FILE_TYPE', 'x', {
      fixes: edits.map(([start, end, replacement]) => ({
        at: { source, start, end },
        replacement,
      })),
    }),
  )
  return applyFixes(found).map(({ text, applied, skipped }) => [text, applied, skipped])
}

test.each<[string, Edit[][], [string, number, number]]>([
  ['a replacement', [[[1, 3, 'XY']]], ['aXYdef', 1, 0]],
  ['an insertion at the end', [[[6, 6, '\n']]], ['abcdef\n', 1, 0]],
  ['a removal', [[[0, 2, '']]], ['cdef', 1, 0]],
  ['in the order of the text', [[[4, 5, 'E']], [[0, 1, 'A']]], ['AbcdEf', 2, 0]],
  ['neighbours', [[[0, 2, 'X']], [[2, 4, 'Y']]], ['XYef', 2, 0]],
  ['the first of two that overlap', [[[1, 4, 'X']], [[3, 5, 'Y']]], ['aXef', 1, 1]],
  ['the first of two within each other', [[[2, 3, 'X']], [[0, 6, 'Y']]], ['abXdef', 1, 1]],
  ['the same twice', [[[0, 1, 'X']], [[0, 1, 'X']]], ['Xbcdef', 2, 0]],
  ['two replacements of one place', [[[0, 1, 'X']], [[0, 1, 'Y']]], ['Xbcdef', 1, 1]],
  [
    'all edits of a diagnostic or none',
    [
      [[0, 1, 'X']],
      [
        [0, 2, 'Y'],
        [5, 6, 'Z'],
      ],
    ],
    ['Xbcdef', 1, 1],
  ],
])('%s', (_title, fixes, expected) => {
  expect(fixed(...fixes)).toEqual([expected])
})

test('without fixes there is nothing to change', () => {
  expect(applyFixes([diagnostic('FILE_TYPE', 'x')])).toEqual([])
})
