import { printable } from '../../text/printable.ts'
import type { HierarchyGraph } from './graph.ts'
import { type DrawnNode, type NodeBox, nestedBoxes, nodeBoxes, nodeId } from './nodes.ts'

/** The hierarchy for Graphviz: `dot -Tsvg`. */
export function* dotOf(graph: HierarchyGraph): Generator<string> {
  yield 'digraph hierarchy {\n  rankdir=LR\n  compound=true\n'
  yield '  node [shape=box, fontsize=10, fontname="Helvetica"]\n  graph [fontname="Helvetica"]\n'
  for (const box of nestedBoxes(nodeBoxes(graph))) yield* box === 'end' ? ['}\n'] : beginning(box)
  for (const { port, other, kind } of graph.links) {
    const style = kind === 'leads' ? ' [style=dashed, arrowhead=none]' : ''
    yield `  ${nodeId(port)} -> ${nodeId(other)}${style}\n`
  }
  yield '}\n'
}

function* beginning({ id, title, nodes }: NodeBox): Generator<string> {
  yield `subgraph cluster_${id} { label=${quoted(title)}\n`
  // Without anything in it a cluster is not drawn.
  yield `  ${id} [style=invis, shape=point]\n`
  for (const node of nodes) yield `  ${node.id} [label=${quoted(node.label)}${look(node)}]\n`
}

function look({ kind }: DrawnNode): string {
  const looks = {
    macro: ', style=filled, fillcolor="#fbf0dd"',
    port: ', style=filled, fillcolor="#ddf0e4"',
    record: '',
    more: ', shape=plaintext, fontcolor="#66727f"',
  }
  return looks[kind]
}

/** Backslashes would begin escapes such as `\N`. */
function quoted(text: string): string {
  return `"${printable(text).replace(/[\\"]/g, '\\$&')}"`
}
