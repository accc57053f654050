import type { Definitions, FieldDefinition, RecordType } from '../definitions/types.ts'
import { keywords } from '../tokens.ts'
import { checkFieldValue } from '../values/check.ts'
import { anyText, type Ease, easeOf, isEasy, type Stretch } from '../values/ease.ts'
import { isLink } from './link-fields.ts'
import { unitsOf } from './text-units.ts'

/**
 * A value of which everything up to its opening quote is known, `field(NAME, "`, and what is known
 * of the texts behind it.
 */
export interface KnownValue {
  /** As written. */
  readonly head: string
  /** The same, see `unitsOf`. */
  readonly units: Uint8Array
  /** Index in `KnownForms.values`. */
  readonly index: number
  /** Of the field or info item. */
  readonly name: string
  readonly definition: RecordType
  /** Absent for info items. */
  readonly field: FieldDefinition | undefined
  readonly isLink: boolean
  readonly ease: Ease
  /** Values that were found good before, by themselves: many records have the same. */
  readonly good: Map<string, string>
  /** See `KnownForms`. */
  readonly isStrict: boolean
  /** The one that came next the last time. */
  next: KnownValue | undefined
}

/** A record type and the values of its records. */
export interface KnownType {
  readonly definition: RecordType
  readonly byHead: Map<string, KnownValue>
  /** Stands in front of the first value of a record. */
  readonly first: KnownValue
}

/** `record(TYPE, "`. */
export interface KnownHead {
  /** As written. */
  readonly head: string
  /** The same, see `unitsOf`. */
  readonly units: Uint8Array
  readonly type: KnownType
}

/** Forms of heads that were seen; grows as records come. */
export interface KnownForms {
  /** See `FieldValue`. */
  readonly isStrict: boolean
  readonly heads: Map<string, KnownHead>
  readonly types: Map<RecordType, KnownType>
  readonly values: KnownValue[]
}

export function newKnownForms(isStrict = false): KnownForms {
  return { isStrict, heads: new Map(), types: new Map(), values: [] }
}

/** What is known of a record type. */
export function knownType({ types, isStrict }: KnownForms, definition: RecordType): KnownType {
  const before = types.get(definition)
  if (before) return before
  const first = newValue({
    ...{ definition, head: '', name: '', index: -1, field: undefined, isStrict },
  })
  const type: KnownType = { definition, byHead: new Map(), first }
  types.set(definition, type)
  return type
}

/** The head of a record that begins at an offset, if it is of a known type. */
export function headAt(
  forms: KnownForms,
  { text, at }: TextPlace,
  { recordTypes }: Definitions,
): KnownHead | undefined {
  const head = headOf(text, at)
  const before = forms.heads.get(head)
  if (before) return before
  const [, name] = recordHead.exec(head) ?? []
  const definition = name === undefined || keywords.has(name) ? undefined : recordTypes.get(name)
  if (!definition || forms.heads.size >= mostHeads) return undefined
  const known = {
    head,
    units: unitsOf(head),
    type: knownType(forms, definition),
  }
  forms.heads.set(head, known)
  return known
}

const recordHead = /^g?record[ \t]*\([ \t]*(\w+)[ \t]*,[ \t]*"$/

/** The head of a value that begins at an offset; nothing if the record type has no such field. */
export function valueAt(
  forms: KnownForms,
  { definition, byHead }: KnownType,
  { text, at }: TextPlace,
): KnownValue | undefined {
  const head = headOf(text, at)
  const before = byHead.get(head)
  if (before || byHead.size >= mostHeads) return before
  const [, keyword, quoted, word] = valueHead.exec(head) ?? []
  if (word !== undefined && keywords.has(word)) return undefined
  const name = quoted ?? word ?? ''
  const field = keyword === 'field' ? definition.fields.get(name) : undefined
  if (!field && keyword !== 'info') return undefined
  const known = newValue({
    ...{ definition, head, name, index: forms.values.length, field, isStrict: forms.isStrict },
  })
  byHead.set(head, known)
  forms.values.push(known)
  return known
}

const valueHead = /^(field|info)[ \t]*\([ \t]*(?:"(\w+)"|(\w+))[ \t]*,[ \t]*"$/

/** Whether a value of plain ASCII is good by itself. */
export function isGoodValue(known: KnownValue, value: Stretch, definitions: Definitions): boolean {
  return isEasy(known.ease, value) || isFoundGood(known, value, definitions)
}

function isFoundGood(known: KnownValue, stretch: Stretch, definitions: Definitions): boolean {
  const { good, field, definition, isStrict } = known
  const value = stretch.text.slice(stretch.start, stretch.end)
  if (good.has(value)) return true
  if (!field) return false
  if (checkFieldValue({ field, value, definition, definitions, isParsed: false, isStrict })) {
    return false
  }
  if (good.size < mostGood) good.set(value, value)
  return true
}

const mostGood = 1000

interface TextPlace {
  readonly text: string
  readonly at: number
}

/** Up to the sign behind the comma and its blanks, if that is near. */
function headOf(text: string, at: number): string {
  const limit = at + longestHead
  let end = at
  while (end < limit && text.charCodeAt(end) !== comma) end++
  do end++
  while (end < limit && isBlank(text.charCodeAt(end)))
  return text.slice(at, end + 1)
}

function isBlank(unit: number): boolean {
  return unit === blank || unit === tab
}

const longestHead = 60
const tab = 9
const blank = 32
const comma = 44

/** With other blanks each is another one; nobody has so many. */
const mostHeads = 500

function newValue(
  value: Pick<KnownValue, 'definition' | 'head' | 'name' | 'index' | 'field' | 'isStrict'>,
): KnownValue {
  const { definition, head, name, index, field, isStrict } = value
  const ease = field ? easeOf(field) : anyText
  return {
    head,
    units: unitsOf(head),
    index,
    name,
    definition,
    field,
    isLink: field !== undefined && isLink(field),
    ease,
    good: new Map(),
    isStrict,
    next: undefined,
  }
}
