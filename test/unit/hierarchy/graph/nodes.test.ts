import { expect, test } from 'vitest'
import { dotOf } from '../../../../src/hierarchy/graph/dot.ts'
import { jsonOf } from '../../../../src/hierarchy/graph/json.ts'
import { mermaidOf } from '../../../../src/hierarchy/graph/mermaid.ts'
import { nodeBoxes } from '../../../../src/hierarchy/graph/nodes.ts'
import { graphOf, racks } from '../../../support/graphs.ts'

test('records behind the tenth are summed up, but for those with links', () => {
  const records = Array.from({ length: 20 }, (_, index) => `record(ai, "n${index}")`).join('\n')
  const main = `template() { port(p, "n15.VAL") }\n${records}\nexpand("no.vdb", i) {}`
  const [box] = nodeBoxes(graphOf({ 'main.vdb': main }))
  const labels = box?.nodes.map(({ label }) => label)
  expect(labels?.slice(9)).toEqual([
    ...['ai n9', 'ai n15', '9 more records', '1 more instances', 'p: n15.VAL'],
  ])
})

test('dot: clusters in clusters, quotes and backslashes escaped', () => {
  const text = [...dotOf(graphOf(racks))].join('')
  expect(text.match(/subgraph/g)).toHaveLength(7)
  expect(text).toContain('[label="N = </g>\\\\\\"]--{"')
  expect(text).toContain('  b2p0 -> b0r0\n')
  expect(text).toContain('  b1p0 -> b1r0 [style=dashed, arrowhead=none]\n')
  expect(text.match(/^\}$/gm)).toHaveLength(8)
})

test('mermaid: subgraphs, anything odd as numbers', () => {
  const text = [...mermaidOf(graphOf(racks))].join('')
  expect(text).toContain('subgraph b2["r2 · rack.vdb"]\n')
  expect(text).toContain('(["N = #60;/g#62;#92;#34;#93;--#123;"])')
  expect(text).toContain('  b2p0 --> b0r0\n')
  const empty = graphOf({ 'main.vdb': 'expand("e.vdb", i) {}', 'e.vdb': '' })
  expect([...mermaidOf(empty)].join('')).toContain('  b1x["(empty)"]\n')
})

test('json: one object', () => {
  const { instances, links } = JSON.parse([...jsonOf(graphOf(racks))].join(''))
  expect(instances[1]).toMatchObject({ id: 1, path: ['r1'], instances: [3, 4], hidden: 0 })
  expect(links.slice(0, 3)).toEqual([
    ...[
      { kind: 'uses', port: { instance: 2, name: 'status' }, record: { instance: 0, name: 'top' } },
      { kind: 'uses', port: { instance: 1, name: 'status' }, outer: { instance: 0, name: 'sum' } },
      { kind: 'uses', port: { instance: 2, name: 'status' }, macro: { instance: 1, name: 'next' } },
    ],
  ])
})
