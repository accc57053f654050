import { printable } from '../../text/printable.ts'
import type { HierarchyGraph } from './graph.ts'
import { type NodeBox, nestedBoxes, nodeBoxes, nodeId } from './nodes.ts'

/** The hierarchy for Mermaid, which web pages of GitHub and GitLab draw. */
export function* mermaidOf(graph: HierarchyGraph): Generator<string> {
  yield 'flowchart LR\n'
  for (const box of nestedBoxes(nodeBoxes(graph))) yield* box === 'end' ? ['end\n'] : beginning(box)
  for (const { port, other, kind } of graph.links) {
    yield `  ${nodeId(port)} ${kind === 'leads' ? '-.-' : '-->'} ${nodeId(other)}\n`
  }
}

function* beginning({ id, title, nodes, boxes }: NodeBox): Generator<string> {
  yield `subgraph ${id}["${escaped(title)}"]\n`
  for (const { id: node, kind, label } of nodes) {
    const [open, close] = kind === 'record' ? ['[', ']'] : ['([', '])']
    yield `  ${node}${open}"${escaped(label)}"${close}\n`
  }
  // A subgraph without anything would be drawn as a box called by its id.
  if (nodes.length === 0 && boxes.length === 0) yield `  ${id}x["(empty)"]\n`
}

/** Anything but letters, digits and what is harmless, as the numbers of its characters. */
function escaped(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{N} .,:()=_@/\u00b7-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  )
}
