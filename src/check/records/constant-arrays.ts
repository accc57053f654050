import type { Definitions } from '../../database/definitions/types.ts'
import { iocValue, plainValue } from '../../database/records/ioc-value.ts'
import type { LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { type JsonValue, readJson } from '../../database/values/json.ts'
import { readLink } from '../../database/values/links.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import type { CheckedIoc } from '../types.ts'
import { deviceFor, lacksDtyp } from './link-device.ts'
import { placeSpan } from './place.ts'
import { isWritten } from './record-links.ts'

/**
 * Constant arrays in links from which a record takes its array at iocInit, with an element that does
 * not fit: `dbConvertJSON: parse error`, and the record does not get the array (base, dbConvertJSON.c).
 */
export function* constantArrays({ database, definitions }: CheckedIoc): Generator<Diagnostic> {
  const list = createFindingList({ isOnePerPlace: true })
  for (const record of database.records.values()) {
    for (const [name, typeName] of arrayLinks.get(record.type) ?? []) {
      const field = record.last(name)
      if (!field || !isConstantArray(field) || !isLoaded(record)) continue
      const type = elementType(record, typeName, definitions)
      const problem = type && problemOf(field, { name: typeName, type })
      if (!problem) continue
      const message = `the array in ${name} of "${record.name}" ${problem.message}`
      list.add(diagnostic('LINK_DEVICE', message, { at: placeSpan(field), hint: problem.hint }))
    }
  }
  yield* list.take()
}

/** By record type: the link, and the field that tells the type of the elements. */
const arrayLinks: ReadonlyMap<string, readonly ArrayLink[]> = new Map([
  ['waveform', [['INP', 'FTVL']]],
  ['aai', [['INP', 'FTVL']]],
  ['subArray', [['INP', 'FTVL']]],
  ['aSub', [...'ABCDEFGHIJKLMNOPQRSTU'].map((one): ArrayLink => [`INP${one}`, `FT${one}`])],
])

type ArrayLink = readonly [link: string, type: string]

function isConstantArray(field: LoadedField): boolean {
  if (!field.value.trimStart().startsWith('[')) return false
  return readLink(plainValue(field)).kind === 'json'
}

/** aSub records load their inputs themselves, for the others soft device support of base does. */
function isLoaded(record: LoadedRecord): boolean {
  if (record.type === 'aSub') return record.definition !== undefined
  return !lacksDtyp(record) && softSupports.has(deviceFor(record)?.support ?? '')
}

const softSupports: ReadonlySet<string> = new Set(['devWfSoft', 'devAaiSoft', 'devSASoft'])

interface ElementType {
  /** The field that tells it. */
  readonly name: string
  /** `STRING`, `DOUBLE` ... */
  readonly type: string
}

/** Nothing if the IOC refuses what is written, which is reported. */
function elementType(
  record: LoadedRecord,
  name: string,
  definitions: Definitions | undefined,
): string | undefined {
  const field = record.definition?.fields.get(name)
  const written = record.last(name)
  if (!field || (!written && isWritten(record, name))) return undefined
  return iocValue(field, written, { devices: new Map(), definitions })
}

interface Problem {
  readonly message: string
  readonly hint: string
}

function problemOf(field: LoadedField, type: ElementType): Problem | undefined {
  const text = plainValue(field)
  const { value, problem } = readJson(text)
  if (problem) return { message: `is no valid JSON: ${problem.message}`, hint: form }
  if (value?.kind !== 'array') return undefined
  for (const item of value.items) {
    const found = itemProblem(asKept(item, field), type)
    if (found) return { ...found, message: `${found.message}: ${text.slice(item.start, item.end)}` }
  }
  return undefined
}

/** Bare words are strings for the database parser; within quotes only the JSON parser reads them. */
function asKept(item: JsonValue, { form }: LoadedField): JsonValue {
  if (form !== 'json' || item.kind !== 'word') return item
  return literal.test(item.value) ? item : { ...item, kind: 'string' }
}

const form = 'form: [1, 2.5] or ["a", "b"]'

function itemProblem(item: JsonValue, { name, type }: ElementType): Problem | undefined {
  switch (item.kind) {
    case 'array':
      return { message: 'has an array in it', hint: form }
    case 'object':
      return { message: 'has an object in it', hint: form }
    case 'string': {
      if (type === 'STRING') return undefined
      const hint = `numbers have no quotes; for strings: field(${name}, "STRING")`
      return { message: `has a string in it, but ${name} is ${type}`, hint }
    }
    case 'word':
      return wordProblem(item.value)
  }
}

function wordProblem(word: string): Problem | undefined {
  if (/^(?:null|true|false)$/.test(word)) {
    return { message: 'has an element that is neither a number nor a string', hint: form }
  }
  if (!literal.test(word)) return { message: 'has a word without quotes in it', hint: form }
  if (/Infinity|NaN/.test(word)) return undefined
  if (!whole.test(word)) {
    if (Number.isFinite(Number(word))) return undefined
    return { message: 'has a number that is too large', hint: 'for infinity: Infinity' }
  }
  if (BigInt(word.replace(/^[-+]/, '')) <= largest) return undefined
  return {
    message: 'has a whole number that is too large',
    hint: `at most ${largest}; larger ones need a decimal point`,
  }
}

/** The words of JSON5. */
const literal =
  /^(?:null|true|false|NaN|[-+]?(?:Infinity|0[xX][\da-fA-F]+|(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?))$/

const whole = /^[-+]?(?:\d+|0[xX][\da-fA-F]+)$/

/**
 * yajl refuses the smallest 64 bit number, too. After another overflow it may refuse the largest one
 * and Infinity (it looks at an old errno): these are not reported.
 */
const largest = 0x7fff_ffff_ffff_ffffn
