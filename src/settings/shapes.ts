import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml'
import { readGlob } from '../text/pattern/glob.ts'
import { type Pattern, readPattern } from '../text/pattern/pattern.ts'
import { didYouMean } from '../text/suggest.ts'
import { inner, reject, type Shape, type Value, type Written } from './shape.ts'
import { textOf } from './yaml.ts'

/** A regular expression or glob with its place. */
export interface WrittenPattern extends Written {
  readonly pattern: Pattern
}

/** A text that is not empty; numbers and the like are taken as they are written. */
export const text: Shape<Written> = {
  schema: { type: ['string', 'number', 'boolean'], minLength: 1 },
  read(value) {
    const read = anyText.read(value)
    if (read?.text !== '') return read
    return reject(value, 'value', `${value.name} is empty`)
  },
}

/** A text that may be `""`. */
export const anyText: Shape<Written> = {
  schema: { type: ['string', 'number', 'boolean'] },
  read(value) {
    const read = value.node && textOf(value.node)
    if (read === undefined) return wrongType(value, 'a text')
    if (!read.includes('\0')) return { text: read, at: value.at }
    return reject(value, 'value', `${value.name} holds a NUL`)
  },
}

/** A text that a function judges: it says what is wrong, and what else to write. */
export function checkedText(
  judge: (text: string) => { problem: string; hint?: string | undefined } | undefined,
  schema: Shape<Written>['schema'] = {},
): Shape<Written> {
  return {
    schema: { ...text.schema, ...schema },
    read(value) {
      const read = text.read(value)
      const wrong = read && judge(read.text)
      if (!wrong) return read
      const message = `${value.name}: "${read.text}" ${wrong.problem}`
      return reject(value, 'value', message, { hint: wrong.hint })
    },
  }
}

/** One of some words. */
export function oneOf<T extends string>(words: readonly T[]): Shape<Written & { text: T }> {
  return {
    schema: { enum: words },
    read(value) {
      const read = text.read(value)
      const word = words.find((one) => one === read?.text)
      if (!read) return undefined
      if (word !== undefined) return { text: word, at: read.at }
      const message = `${value.name} cannot be "${read.text}": it is one of ${words.join(', ')}`
      return reject(value, 'value', message, { hint: didYouMean(read.text, words) })
    },
  }
}

/** A whole number. */
export function integer(minimum: number, maximum: number): Shape<number> {
  return {
    schema: { type: 'integer', minimum, maximum },
    read(value) {
      const { node } = value
      const number = isScalar(node) && typeof node.value === 'number' ? node.value : undefined
      if (number === undefined) return wrongType(value, 'a whole number')
      if (Number.isInteger(number) && number >= minimum && number <= maximum) return number
      const range = `a whole number from ${minimum} to ${maximum}`
      return reject(value, 'value', `${value.name} must be ${range}, not ${number}`)
    },
  }
}

export const flag: Shape<boolean> = {
  schema: { type: 'boolean' },
  read(value) {
    const { node } = value
    if (isScalar(node) && typeof node.value === 'boolean') return node.value
    return wrongType(value, 'true or false')
  },
}

/** A regular expression for a whole text; see `readPattern` for what it may hold. */
export const regularExpression: Shape<WrittenPattern> = patternShape(
  readPattern,
  'regular expression',
  'look-around, back references and \\b are not understood; see docs/guide/settings.md',
)

/** A pattern for paths; see `readGlob`. */
export const glob: Shape<WrittenPattern> = patternShape(readGlob, 'path', undefined)

function patternShape(
  read: typeof readPattern,
  what: string,
  hint: string | undefined,
): Shape<WrittenPattern> {
  return {
    schema: { type: 'string', minLength: 1, maxLength: 1000 },
    read(value) {
      const { node } = value
      if (!isScalar(node) || typeof node.value !== 'string') return wrongType(value, 'a text')
      const written = text.read(value)
      const pattern = written && read(written.text)
      if (!pattern) return undefined
      if (!('problem' in pattern)) return { ...written, pattern }
      const shown = written.text.length > 60 ? `${written.text.slice(0, 60)}…` : written.text
      const message = `the ${what} "${shown}" ${pattern.problem}`
      return reject(value, 'value', message, { hint })
    },
  }
}

/** A list. */
export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema },
    read(value) {
      const { node, name } = value
      if (!isSeq(node)) return wrongType(value, 'a list')
      return node.items.flatMap((one, index) => {
        const read = item.read(inner(value, one as Value['node'], `${name}[${index}]`))
        return read === undefined ? [] : [read]
      })
    },
  }
}

/** A list, or its only item without the list; undefined if all items are wrong. */
export function oneOrMore<T>(item: Shape<T>): Shape<readonly T[]> {
  const list = listOf(item)
  return {
    schema: { anyOf: [item.schema, { ...list.schema, minItems: 1 }] },
    read(value) {
      if (!isSeq(value.node)) {
        const read = item.read(value)
        return read === undefined ? undefined : [read]
      }
      const read = list.read(value)
      if (value.node.items.length > 0) return read?.length === 0 ? undefined : read
      return reject(value, 'value', `${value.name} is an empty list`)
    },
  }
}

/** A mapping from any names that the check allows, in the order in which they are written. */
export function mapOf<T>(key: Shape<Written>, item: Shape<T>): Shape<readonly Entry<T>[]> {
  const { pattern } = key.schema
  return {
    schema: {
      type: 'object',
      additionalProperties: item.schema,
      ...(pattern !== undefined && { propertyNames: { pattern } }),
    },
    read(value) {
      if (!isMap(value.node)) return wrongType(value, 'a mapping')
      return entriesOf(value, value.node).flatMap(([name, of]) => {
        const read = key.read(name)
        const entry = read && item.read(of)
        return read === undefined || entry === undefined ? [] : [{ key: read, value: entry }]
      })
    },
  }
}

export interface Entry<T> {
  readonly key: Written
  readonly value: T
}

/** Keys and values of a mapping; what stands twice is reported and left out the second time. */
export function entriesOf(value: Value, map: YAMLMap): [key: Value, value: Value][] {
  const seen = new Map<string, Value>()
  return map.items.flatMap((pair): [Value, Value][] => {
    const key = inner(value, pair.key as Value['node'], value.name)
    const name = key.node && textOf(key.node)
    if (name === undefined) {
      reject(key, 'key', `a key of ${nameOf(value)} is no text`)
      return []
    }
    const before = seen.get(name)
    if (before) {
      const notes = [{ message: 'it stands here already', at: before.at }]
      reject(key, 'key', `the key "${name}" stands twice`, { notes })
      return []
    }
    seen.set(name, key)
    const path = value.name === '' ? name : `${value.name}.${name}`
    return [[key, inner({ ...value, at: key.at }, pair.value as Value['node'], path)]]
  })
}

/** How a message names a value: the file itself has no name. */
export function nameOf({ name, reading }: Value): string {
  return name === '' ? reading.kind.name : name
}

/** Reports that a value is a list where a text is wanted, or the like. */
export function wrongType(value: Value, wanted: string): undefined {
  const { node } = value
  const is = isMap(node) ? 'a mapping' : isSeq(node) ? 'a list' : scalarType(value)
  return reject(value, 'value', `${nameOf(value)} must be ${wanted}, not ${is}`)
}

function scalarType({ node }: Value): string {
  const read = node && textOf(node)
  return read === undefined ? 'empty' : `"${read.slice(0, 40)}"`
}
