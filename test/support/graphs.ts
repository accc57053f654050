import {
  type GraphLimits,
  type HierarchyGraph,
  hierarchyGraph,
} from '../../src/hierarchy/graph/graph.ts'
import { openHierarchy } from '../../src/hierarchy/open.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { sourcesOf } from './sources.ts'

/** The graph of `main.vdb`; the files are all in `/here`. */
export function graphOf(
  files: Readonly<Record<string, string>>,
  limits: GraphLimits = { limit: 100 },
): HierarchyGraph {
  const reader = sourcesOf(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`/here/${name}`, text])),
  )
  const path = '/here/main.vdb'
  const read = reader.read(path)
  if (!('source' in read)) throw new Error('main.vdb is missing')
  const diagnostics: Diagnostic[] = []
  const { hierarchy } = openHierarchy(
    {
      top: { path, source: read.source, from: undefined },
      ...{ files: reader, roots: { cwd: '/here', includePath: undefined } },
      ...{ macros: new Map(), options: {} },
    },
    diagnostics,
  )
  if (!hierarchy) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return hierarchyGraph(hierarchy, limits)
}

/** Two racks with two cards each, which use ports of each other; and names that are markup. */
export const racks: Readonly<Record<string, string>> = {
  'main.vdb': [
    'template("all") { port(sum, "$(r1.status)") }',
    'record(ai, "top") { field(INP, "$(r2.status) CP") field(FLNK, "$(r2.status)") }',
    'expand("rack.vdb", r1) { macro(N, "R1") macro(next, "$(r2.status)") }',
    'expand("rack.vdb", r2) { macro(N, "</g>\\"]--{") macro(next, "$(r1.status)") }',
  ].join('\n'),
  'rack.vdb': [
    'template("a <rack>") { port(status, "$(N):Status.VAL", "of & all") port(val, "$(c1.val) PP") }',
    'record(calc, "$(N):Status") { field(INPA, "$(c1.val)") }',
    'expand("card.vdb", c1) { macro(N, "$(N):1") }',
    'expand("card.vdb", c2) { macro(N, "$(N):2") }',
  ].join('\n'),
  'card.vdb':
    'template() { port(val, "$(N):Val") }\nrecord(ai, "$(N):Val")\nrecord(ao, "$(N):Set")\n',
}
