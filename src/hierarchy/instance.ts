import type { Definition, Expand, Template } from './template.ts'

/** A template with the macros of one expand. */
export interface Instance {
  readonly template: Template
  /** Both absent for the top file. */
  readonly parent: Instance | undefined
  readonly expand: Expand | undefined
  /** What capFast puts in front of names. */
  readonly prefix: string
  /** Values that are known; undefined while they are computed. Of the top file: those given. */
  readonly macros: Values
  readonly ports: Values
  /** Instances that were asked for, by name as written. */
  readonly children: Map<string, Instance>
}

export type Values = Map<string, string | undefined>

/** A value of an instance that is defined somewhere. */
export interface Slot {
  readonly kind: 'macro' | 'port'
  readonly name: string
  readonly instance: Instance
  readonly definition: Definition
  /** Where its references are looked up. */
  readonly scope: Instance
  readonly values: Values
}

export function topInstance(
  template: Template,
  { macros, prefix }: { readonly macros: ReadonlyMap<string, string>; readonly prefix: string },
): Instance {
  return {
    ...{ template, prefix, parent: undefined, expand: undefined },
    ...{ macros: new Map(macros), ports: new Map(), children: new Map() },
  }
}

/** The instance of this name; undefined if there is none or its file is missing. */
export function childOf(parent: Instance, name: string): Instance | undefined {
  const known = parent.children.get(name)
  if (known) return known
  const expand = parent.template.instances.get(name)
  if (!expand?.template) return undefined
  const child: Instance = {
    ...{ template: expand.template, parent, expand, prefix: `${parent.prefix}${name}:` },
    ...{ macros: new Map(), ports: new Map(), children: new Map() },
  }
  parent.children.set(name, child)
  return child
}

/**
 * A macro of an instance, with `isGlobal` of those around it: how it is made, or for those that were
 * given the value itself; undefined if it is not defined.
 */
export function macroIn(
  instance: Instance,
  name: string,
  isGlobal: boolean,
): Slot | string | undefined {
  for (let one: Instance | undefined = instance; one; one = isGlobal ? one.parent : undefined) {
    const { expand, parent, macros: values } = one
    if (!expand || !parent) return values.get(name)
    const definition = expand.macros.get(name)
    if (definition) return { kind: 'macro', name, instance: one, definition, scope: parent, values }
  }
  return undefined
}

/** A port of an instance. */
export function slotOf(instance: Instance, name: string): Slot | undefined {
  const definition = instance.template.ports.get(name)
  const { ports: values } = instance
  return definition && { kind: 'port', name, instance, definition, scope: instance, values }
}
