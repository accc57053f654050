import { expect, test } from 'vitest'
import { arrange, type Edge } from '../../../../src/hierarchy/graph/arrange.ts'

const square = { width: 100, height: 100 }

/** The columns of squares. */
function columns(count: number, edges: readonly Edge[]): number[] {
  const sizes = new Array(count).fill(square)
  return arrange(sizes, edges).places.map(({ column }) => column)
}

test.each<[string, number, Edge[], number[]]>([
  ['nothing', 0, [], []],
  ['one', 1, [], [0]],
  [
    'by its edges, from left to right',
    3,
    [
      [2, 0],
      [0, 1],
    ],
    [1, 2, 0],
  ],
  [
    'the longest way counts',
    3,
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    [0, 1, 2],
  ],
  [
    'a circle begins with its first',
    3,
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    [0, 1, 2],
  ],
  ['an edge to itself', 1, [[0, 0]], [0]],
  [
    'the same edge twice',
    2,
    [
      [0, 1],
      [0, 1],
    ],
    [0, 1],
  ],
])('%s', (_, count, edges, expected) => {
  expect(columns(count, edges)).toEqual(expected)
})

test('too wide a row is broken up', () => {
  const chain = Array.from({ length: 11 }, (_, index): Edge => [index, index + 1])
  expect(columns(12, chain)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
})

test('a thousand without edges are about as wide as a screen', () => {
  const { width, height } = arrange(new Array(1000).fill(square), [])
  expect(width / height).toBeGreaterThan(1)
  expect(width / height).toBeLessThan(2.5)
})
