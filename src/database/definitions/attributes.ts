import { didYouMean } from '../../text/suggest.ts'
import type { FieldDefinition } from './types.ts'

/** Attributes of a field while they are read. */
export type Attributes = {
  -readonly [Key in keyof Omit<FieldDefinition, 'name' | 'at' | 'kind'>]: FieldDefinition[Key]
}

/** How the value of an attribute is read; the problem of a value that is not allowed. */
export type Attribute = (value: string, into: Attributes) => Wrong | undefined

/** What is allowed instead. */
export interface Wrong {
  readonly hint: string
  /** Base takes it without a word. */
  readonly severity?: 'warning'
}

/** By name (dbYacc.y, dbRecordtypeFieldItem in dbLexRoutines.c). */
export const attributes: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ['prompt', textOf('prompt')],
  ['promptgroup', textOf('promptGroup')],
  ['initial', textOf('initial')],
  ['extra', textOf('extra')],
  ['menu', textOf('menu')],
  ['special', readSpecial],
  ['interest', numberOf('interest')],
  ['size', numberOf('size')],
  ['asl', oneOf('asl', ['ASL0', 'ASL1'])],
  ['base', oneOf('base', ['DECIMAL', 'HEX'])],
  ['pp', flagOf('processPassive')],
  ['prop', flagOf('prop')],
])

function textOf(key: 'prompt' | 'promptGroup' | 'initial' | 'extra' | 'menu'): Attribute {
  return (value, into) => {
    into[key] = value
    return undefined
  }
}

function numberOf(key: 'interest' | 'size'): Attribute {
  return (value, into) => {
    const number = Number.parseInt(value, 10)
    if (Number.isNaN(number)) return { hint: `${key}(<number>)` }
    into[key] = number
    return undefined
  }
}

function flagOf(key: 'processPassive' | 'prop'): Attribute {
  return (value, into) => {
    into[key] = value === 'TRUE' || value === 'YES'
    if (flags.has(value)) return undefined
    const hint = 'use TRUE, FALSE, YES or NO'
    return key === 'prop' ? { hint, severity: 'warning' } : { hint }
  }
}

const flags: ReadonlySet<string> = new Set(['TRUE', 'FALSE', 'YES', 'NO'])

function oneOf<Key extends 'asl' | 'base'>(
  key: Key,
  allowed: readonly NonNullable<Attributes[Key]>[],
): Attribute {
  return (value, into) => {
    const found = allowed.find((one) => one === value)
    if (found === undefined) return { hint: `use ${allowed.join(' or ')}` }
    into[key] = found
    return undefined
  }
}

/** special.h; a number is allowed for values of one's own. */
function readSpecial(value: string, into: Attributes): Wrong | undefined {
  if (specials.has(value) || /^\s*[+-]?\d/.test(value)) {
    into.special = value
    return undefined
  }
  return { hint: didYouMean(value, specials) ?? `use one of ${[...specials].join(', ')}` }
}

const specials: ReadonlySet<string> = new Set([
  'SPC_NOMOD',
  'SPC_DBADDR',
  'SPC_SCAN',
  'SPC_ALARMACK',
  'SPC_AS',
  'SPC_MOD',
  'SPC_RESET',
  'SPC_LINCONV',
  'SPC_CALC',
])
