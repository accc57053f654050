import { expect, test } from 'vitest'
import { layoutOf, type PlacedBox } from '../../../../src/hierarchy/graph/layout.ts'
import { graphOf, racks } from '../../../support/graphs.ts'

const many = {
  ...racks,
  'main.vdb': Array.from(
    { length: 40 },
    (_, index) =>
      `expand("rack.vdb", r${index}) { macro(N, "R${index}") macro(next, "$(r${(index * 7) % 40}.status)") }`,
  ).join('\n'),
}

const rackWithoutLines = {
  'main.vdb': 'record(ai, "a")\nexpand("e.vdb", i) {}\nexpand("gone.vdb", j) {}',
  'e.vdb': '',
}

type Rectangle = Pick<PlacedBox, 'x' | 'y' | 'width' | 'height'>

function isInside(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

test.each([
  ['racks', racks],
  ['many racks', many],
  ['instances without a file', rackWithoutLines],
])('%s: boxes are inside their box and beside each other', (_, files) => {
  const graph = graphOf(files)
  const { boxes, width, height, detours } = layoutOf(graph)
  for (const placed of boxes) {
    const inner: Rectangle[] = placed.box.boxes.flatMap(({ id }) => boxes[id] ?? [])
    if (placed.records) inner.push(placed.records)
    for (const [index, one] of inner.entries()) {
      expect(isInside(one, placed)).toBe(true)
      expect(inner.slice(0, index).some((other) => overlap(one, other))).toBe(false)
    }
  }
  for (const [{ scope }, { out, y, in: end }] of detours) {
    const around = boxes[scope.id]
    const line = { x: Math.min(out, end), y, width: Math.abs(out - end), height: 1 }
    expect(around && isInside(line, around)).toBe(true)
    const crossed = scope.boxes.filter(({ id }) => {
      const box = boxes[id]
      return box && overlap(line, box)
    })
    expect(crossed).toEqual([])
  }
  expect(boxes.every((one) => isInside(one, { x: 0, y: 0, width, height }))).toBe(true)
})
