import type { Box, HierarchyGraph } from './graph.ts'
import type { LinkEnd } from './links.ts'

/** The hierarchy for programs; the keys are documented in docs/reference/formats.md. */
export function* jsonOf({ boxes, links }: HierarchyGraph): Generator<string> {
  yield '{"instances": [\n'
  for (const [index, box] of boxes.entries()) {
    yield `${JSON.stringify(instanceOf(box))}${index + 1 < boxes.length ? ',' : ''}\n`
  }
  yield '], "links": [\n'
  for (const [index, { kind, port, other }] of links.entries()) {
    const link = { kind, port: endOf(port), [other.kind]: endOf(other) }
    const shown = other.kind === 'port' ? { kind, port: endOf(port), outer: endOf(other) } : link
    yield `${JSON.stringify(shown)}${index + 1 < links.length ? ',' : ''}\n`
  }
  yield ']}\n'
}

function instanceOf({ id, path, file, description, macros, ports, records, ...box }: Box) {
  return {
    ...{ id, path, file, description, macros, ports, records },
    ...{ inside: box.inside, hidden: box.hidden, instances: box.boxes.map((one) => one.id) },
  }
}

function endOf(end: LinkEnd) {
  const name = end.kind === 'record' ? end.box.records[end.index]?.name : end.name
  return { instance: end.box.id, name }
}
