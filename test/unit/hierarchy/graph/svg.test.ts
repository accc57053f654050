import { expect, test } from 'vitest'
import { svgOf } from '../../../../src/hierarchy/graph/svg.ts'
import { graphOf, racks } from '../../../support/graphs.ts'

const drawn = (files: Record<string, string>): string => [...svgOf(graphOf(files))].join('')

test('a box for each instance, a line for each link', () => {
  const text = drawn(racks)
  const graph = graphOf(racks)
  expect(text.match(/class="head"/g)).toHaveLength(graph.boxes.length)
  expect(text.match(/<path /g)).toHaveLength(graph.links.length)
  expect(text).toContain('>R1:Status.VAL : status</text>')
  expect(text).toContain('<title>status = R1:Status.VAL\nof &amp; all</title>')
})

test('names are text, whatever is in them', () => {
  const text = drawn({
    'main.vdb': 'expand("t.vdb", "<script>\\"x&\u0000\u202e") { macro(a, "]]>") }\n',
    't.vdb': 'template("<b>") { }\n',
  })
  expect(text).toContain('&lt;script&gt;\\"x&amp;\\u0000\\u202e')
  expect(text.match(/<(?!\/?(?:svg|title|style|rect|g|text|path|circle)\b)/g)).toBeNull()
})

test('long names and many records are cut, the whole name is told', () => {
  const name = 'N'.repeat(80)
  const records = Array.from({ length: 30 }, (_, index) => `record(ai, "${name}${index}")`)
  const text = drawn({ 'main.vdb': records.join('\n') })
  expect(text).toContain(`<title>${name}0</title>ai  ${'N'.repeat(33)}…</text>`)
  expect(text).toContain('>and 20 more records</text>')
})
