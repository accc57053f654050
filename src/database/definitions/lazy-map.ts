/** How the values of a map come to be. */
export interface Making<Part, Value> {
  /** What the values are made of, in order; asked for once, if at all. */
  parts(): ReadonlyMap<string, Part>
  /** Finds one part faster; undefined if only `parts` can tell. */
  find?(name: string): Part | undefined
  make(part: Part): Value
}

/** A map whose values are made when they are first asked for. */
export function lazyMap<Part, Value>(making: Making<Part, Value>): ReadonlyMap<string, Value> {
  const made = new Map<string, Value>()
  let known: ReadonlyMap<string, Part> | undefined
  const parts = (): ReadonlyMap<string, Part> => {
    known ??= making.parts()
    return known
  }
  const found = new Map<string, Part>()
  const partOf = (name: string): Part | undefined => {
    if (known) return known.get(name)
    const part = found.get(name) ?? making.find?.(name)
    if (part === undefined) return parts().get(name)
    found.set(name, part)
    return part
  }
  const get = (name: string): Value | undefined => {
    const before = made.get(name)
    const part = before === undefined ? partOf(name) : undefined
    if (part === undefined) return before
    const value = making.make(part)
    made.set(name, value)
    return value
  }
  function* entries(): MapIterator<[string, Value]> {
    for (const name of parts().keys()) {
      const value = get(name)
      if (value !== undefined) yield [name, value]
    }
  }
  function* values(): MapIterator<Value> {
    for (const [, value] of entries()) yield value
  }
  const map: ReadonlyMap<string, Value> = {
    ...{ get, entries, values, [Symbol.iterator]: entries },
    has: (name) => made.has(name) || partOf(name) !== undefined,
    keys: () => parts().keys() as MapIterator<string>,
    get size() {
      return parts().size
    },
    forEach(call) {
      for (const [name, value] of entries()) call(value, name, map)
    },
  }
  return map
}
