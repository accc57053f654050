import { expect, test } from 'vitest'
import { alignedLines } from '../../../src/text/table.ts'

test.each([
  [
    'columns are aligned',
    [
      ['a', 'bb'],
      ['ccc', 'd'],
    ],
    ['a    bb', 'ccc  d'],
  ],
  [
    'no blanks at the end',
    [
      ['a', ''],
      ['b', 'c'],
    ],
    ['a', 'b  c'],
  ],
  ['rows may be shorter', [['a', 'b'], ['c']], ['a  b', 'c']],
  ['nothing', [], []],
  ['control characters are shown', [['a\u001b[31m']], ['a\\u001b[31m']],
])('%s', (_title, rows, lines) => {
  expect(alignedLines(rows)).toEqual(lines)
})
