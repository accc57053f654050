/**
 * A map whose values are made when they are first asked for.
 *
 * @param parts - in order; what a value is made of
 */
export function lazyMap<Part, Value>(
  parts: ReadonlyMap<string, Part>,
  make: (part: Part, name: string) => Value,
): ReadonlyMap<string, Value> {
  const made = new Map<string, Value>()
  const get = (name: string): Value | undefined => {
    const known = made.get(name)
    const part = known === undefined ? parts.get(name) : undefined
    if (part === undefined) return known
    const value = make(part, name)
    made.set(name, value)
    return value
  }
  function* entries(): Generator<[string, Value], undefined> {
    for (const name of parts.keys()) {
      const value = get(name)
      if (value !== undefined) yield [name, value]
    }
    return undefined
  }
  function* values(): Generator<Value, undefined> {
    for (const [, value] of entries()) yield value
    return undefined
  }
  const map: ReadonlyMap<string, Value> = {
    ...{ get, entries, values, size: parts.size },
    has: (name) => parts.has(name),
    keys: () => parts.keys(),
    forEach(call) {
      for (const [name, value] of entries()) call(value, name, map)
    },
    [Symbol.iterator]: entries,
  }
  return map
}
