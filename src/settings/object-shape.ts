import { isMap, type YAMLMap } from 'yaml'
import type { Span } from '../text/span.ts'
import { didYouMean } from '../text/suggest.ts'
import { type JsonSchema, reject, type Shape, type Value } from './shape.ts'
import { entriesOf, nameOf, wrongType } from './shapes.ts'
import { textOf } from './yaml.ts'

/** Shapes by key, with what the key means: the text of the JSON schema. */
export type Fields = Readonly<Record<string, readonly [shape: Shape<unknown>, meaning: string]>>

type Read<F extends Fields, K extends keyof F> = F[K][0] extends Shape<infer T> ? T : never

/** What is read of a mapping with known keys. */
export type ObjectOf<R extends Fields, O extends Fields> = {
  readonly [K in keyof R]: Read<R, K>
} & { readonly [K in keyof O]?: Read<O, K> | undefined } & { readonly at: Span }

/** What is special about a mapping. */
interface ObjectOptions {
  /** What else the JSON schema says. */
  readonly schema?: JsonSchema
  /** One wrong value leaves the others in force. */
  readonly isLenient?: boolean
}

/**
 * A mapping with known keys. Unknown ones are reported with the nearest name; if a required one is
 * missing or (unless lenient) a value is wrong, nothing is read: half a rule is another rule.
 */
export function objectOf<R extends Fields, O extends Fields>(
  required: R,
  optional: O,
  { schema = {}, isLenient = false }: ObjectOptions = {},
): Shape<ObjectOf<R, O>> {
  const fields: Fields = { ...required, ...optional }
  return {
    schema: { ...objectSchema(fields, Object.keys(required)), ...schema },
    read(value) {
      if (!isMap(value.node)) return wrongType(value, 'a mapping')
      const read = readFields(value, value.node, fields)
      const hasAll = reportMissing(value, read, Object.keys(required))
      if (!hasAll || (!isLenient && [...read.values()].includes(undefined))) return undefined
      return { ...Object.fromEntries(read), at: value.at } as ObjectOf<R, O>
    },
  }
}

function objectSchema(fields: Fields, required: readonly string[]): JsonSchema {
  const properties = Object.entries(fields).map(([key, [{ schema }, description]]) => [
    key,
    { description, ...schema },
  ])
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  }
}

/** By key; a key with a wrong value is there with `undefined`. */
function readFields(value: Value, map: YAMLMap, fields: Fields): Map<string, unknown> {
  const read = new Map<string, unknown>()
  for (const [key, of] of entriesOf(value, map)) {
    const name = (key.node && textOf(key.node)) ?? ''
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field) read.set(name, field[0].read(of))
    else unknownKey(key, name, fields)
  }
  return read
}

function unknownKey(key: Value, name: string, fields: Fields): void {
  const known = Object.keys(fields)
  const hint = didYouMean(name, known) ?? `known: ${known.join(', ')}`
  reject(key, 'key', `"${name}" is no key of ${nameOf(key)}`, { hint })
}

/** Whether none is missing. */
function reportMissing(
  value: Value,
  read: ReadonlyMap<string, unknown>,
  required: readonly string[],
): boolean {
  const missing = required.filter((key) => !read.has(key))
  const { start } = value.at
  for (const key of missing) {
    const message = `${nameOf(value)} lacks the key "${key}"`
    reject(value, 'key', message, { at: { ...value.at, end: start + 1 } })
  }
  return missing.length === 0
}
