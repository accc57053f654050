import { expect, test } from 'vitest'
import { type Graph, graphOf } from '../../../../src/check/records/graph.ts'
import { ringsOf } from '../../../../src/check/records/rings.ts'

test.each([
  ['nothing', [[], []], []],
  ['a chain', [[1], [2], []], []],
  ['itself', [[0]], [[0]]],
  ['two', [[1], [0]], [[0, 1]]],
  ['three, entered from outside', [[1], [2], [3], [1]], [[1, 2, 3]]],
  ['two rings with one node in common are one group', [[1, 2], [0], [0]], [[0, 1]]],
  [
    'two groups',
    [[1], [0, 2], [3], [2]],
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ['the short way', [[1], [2], [0, 3], [0]], [[0, 1, 2]]],
  ['a diamond', [[1, 2], [3], [3], []], []],
])('rings: %s', (_title, graph, rings) => {
  expect(ringsOf(graphFrom(graph))).toEqual(rings)
})

test('a ring of 200,000 nodes', () => {
  const size = 200_000
  const graph = Array.from({ length: size }, (_, node) => [(node + 1) % size])
  expect(ringsOf(graphFrom(graph))[0]).toHaveLength(size)
})

function graphFrom(next: readonly (readonly number[])[]): Graph {
  const edges = next.flatMap((targets, node) => targets.map((target) => [node, target] as const))
  return graphOf(next.length, {
    from: edges.map(([node]) => node),
    to: edges.map(([, target]) => target),
  })
}
