import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { suggest } from '../text/suggest.ts'
import type { Pieces, Reference } from './references.ts'
import type { Template } from './template.ts'

/**
 * Ports that nobody defines. They depend on no values, so each template is looked at once. Instances
 * whose file is missing are left aside.
 */
export function checkPorts(templates: readonly Template[]): Diagnostic[] {
  return templates.flatMap((template) =>
    template.texts.flatMap((pieces) => [...portsOf(pieces)].flatMap((one) => check(template, one))),
  )
}

export type PortReference = Extract<Reference, { kind: 'port' }>

/** The ports that a text refers to, also in what is left without a value. */
export function* portsOf(pieces: Pieces): Generator<PortReference> {
  for (const piece of pieces) {
    if (typeof piece === 'string') continue
    if (piece.kind === 'port') yield piece
    else if (piece.kind === 'macro') yield* portsOf(piece.otherwise)
    else if (piece.kind === 'name') yield* portsOf(piece.pieces)
  }
}

function check({ instances }: Template, { instance, port, raw, at }: PortReference): Diagnostic[] {
  const expand = instances.get(instance)
  if (!expand) {
    const message = `${raw}: there is no instance ${instance} in this file`
    const hint = meant(suggest(instance, instances.keys()), (name) => `$(${name}.${port})`)
    return [diagnostic('HIERARCHY_PORT', message, { at, hint })]
  }
  const { template } = expand
  if (!template || template.ports.has(port)) return []
  const { name } = template.source
  const message = `${raw}: template ${name} has no port ${port}`
  const ports = [...template.ports.keys()]
  const known = ports.length > 0 ? `its ports: ${ports.slice(0, 20).join(', ')}` : 'it has no ports'
  return [
    diagnostic('HIERARCHY_PORT', message, {
      ...{ at, notes: [{ message: known }, { message: 'expanded here', at: expand.at }] },
      hint:
        meant(suggest(port, ports), (near) => `$(${instance}.${near})`) ??
        `template() { port(${port}, "...") } in ${name}`,
    }),
  ]
}

function meant(near: readonly string[], show: (name: string) => string): string | undefined {
  return near.length > 0 ? `did you mean ${near.map(show).join(' or ')}?` : undefined
}
