import { expect, test } from 'vitest'
import type { LinkEnd } from '../../../../src/hierarchy/graph/links.ts'
import { graphOf, racks } from '../../../support/graphs.ts'

function shown(end: LinkEnd): string {
  const path = end.box.path.join('/')
  return `${path}.${end.kind === 'record' ? end.box.records[end.index]?.name : end.name}`
}

test('boxes are those of the hierarchy, values put in', () => {
  const { top, boxes } = graphOf(racks)
  expect(boxes.map(({ path }) => path.join('/'))).toEqual([
    ...['', 'r1', 'r2', 'r1/c1', 'r1/c2', 'r2/c1', 'r2/c2'],
  ])
  expect(boxes[1]).toMatchObject({
    ...{ id: 1, index: 0, file: 'rack.vdb', description: 'a <rack>', hidden: 0 },
    macros: [
      { name: 'N', value: 'R1' },
      { name: 'next', value: '</g>\\"]--{:Status.VAL' },
    ],
    ports: [
      { name: 'status', value: 'R1:Status.VAL', description: 'of & all' },
      { name: 'val', value: 'R1:1:Val PP' },
    ],
    records: [{ type: 'calc', name: 'R1:Status' }],
    inside: { records: 5, instances: 2 },
  })
  expect(top.inside).toEqual({ records: 11, instances: 6 })
})

test('links lead from ports to what uses them, and to their records', () => {
  const { links } = graphOf(racks)
  const told = links.map(({ kind, port, other }) => `${kind} ${shown(port)} ${shown(other)}`)
  expect(told.slice(0, 4)).toEqual([
    'uses r2.status .top',
    'uses r1.status .sum',
    'uses r2.status r1.next',
    'uses r1.status r2.next',
  ])
  expect(told.filter((one) => one.includes('r1/c1') || one.includes(' r1.'))).toEqual([
    'uses r1.status .sum',
    'uses r2.status r1.next',
    'uses r1.status r2.next',
    'uses r1/c1.val r1.R1:Status',
    'uses r1/c1.val r1.val',
    'leads r1.status r1.R1:Status',
    'leads r1/c1.val r1/c1.R1:1:Val',
  ])
})

test.each<[string, object, number, number[]]>([
  ['all', { limit: 6 }, 7, [0, 0, 0]],
  ['a level that does not fit is left out', { limit: 5 }, 5, [0, 0, 2]],
  ['of the first level a part', { limit: 1 }, 2, [1, 2]],
  ['levels that are wanted', { limit: 100, depth: 1 }, 3, [0, 2, 2]],
])('limits: %s', (_, limits, count, hidden) => {
  const { boxes } = graphOf(racks, { limit: 100, ...limits })
  expect(boxes.length).toBe(count)
  expect(boxes.slice(0, hidden.length).map((box) => box.hidden)).toEqual(hidden)
})

test('of a hierarchy of a million instances only what is shown is made', () => {
  const files: Record<string, string> = { 'main.vdb': '' }
  for (let level = 0; level < 20; level++) {
    const name = level === 0 ? 'main.vdb' : `l${level}.vdb`
    const below = `expand("l${level + 1}.vdb", a) {}\nexpand("l${level + 1}.vdb", b) {}\n`
    files[name] = below
  }
  files['l20.vdb'] = ''
  const { boxes, top } = graphOf(files, { limit: 300 })
  expect([boxes.length, top.inside.instances]).toEqual([255 + 46, 2 ** 21 - 2])
})
