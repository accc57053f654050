import { utf8Length } from '../../macro/bytes.ts'
import type { Code, Severity } from '../../text/codes.ts'
import type { Unknown } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { Definitions, FieldDefinition, Menu, RecordType } from '../definitions/types.ts'
import { calcHint, checkCalc } from './calc.ts'
import { easeOf, isEasy, isSize, type Stretch } from './ease.ts'
import { checkJsonLink, jsonLinkForm } from './json-links.ts'
import { readLink } from './links.ts'
import { checkDouble, checkInteger, choiceIndex } from './numbers.ts'

/** A value for a field. */
export interface FieldValue {
  readonly field: FieldDefinition
  /** Escapes replaced. */
  readonly value: string
  readonly definition: RecordType
  readonly definitions: Definitions
  /** JSON without quotes around it, see `JsonLinkContext`. */
  readonly isParsed: boolean
  /** The variable `dbConvertStrict` is set. */
  readonly isStrict?: boolean
}

/** What the IOC says to a value, or would better say. */
export interface ValueProblem {
  readonly code: Code
  readonly message: string
  /** What to write; near words are searched only for what is shown. */
  readonly hint?: string | (() => string | undefined) | undefined
  readonly severity?: Severity
  /** A misspelled word that may be put right. */
  readonly near?: { readonly word: string; readonly candidates: Iterable<string> }
  readonly unknown?: Unknown
  /** The field keeps its former value. */
  readonly isDropped: boolean
}

/** Checks a value as the IOC does when it loads a database (dbStaticLib.c, dbPutString). */
export function checkFieldValue(input: FieldValue): ValueProblem | undefined {
  const { field, value, isStrict = false } = input
  switch (field.kind) {
    case 'DBF_STRING':
      return checkString(field, value)
    case 'DBF_FLOAT':
    case 'DBF_DOUBLE':
      if (isEasy(easeOf(field), whole(value))) return undefined
      return numberProblem(input, 'a number', checkDouble(value))
    case 'DBF_MENU':
      return checkMenu(input)
    case 'DBF_DEVICE':
      return checkDevice(input)
    case 'DBF_INLINK':
    case 'DBF_OUTLINK':
    case 'DBF_FWDLINK':
      return checkLink(input)
    case 'DBF_NOACCESS':
      return fixed(field)
    default:
      if (isEasy(easeOf(field), whole(value))) return undefined
      return numberProblem(
        input,
        'a whole number',
        checkInteger(value, field.kind, { isStrict, isSize: isSize(field) }),
      )
  }
}

function whole(text: string): Stretch {
  return { text, start: 0, end: text.length }
}

function fixed({ name }: FieldDefinition): ValueProblem {
  const message = `${name} cannot be set in a database`
  return { code: 'FIELD_FIXED', message, hint: 'remove this line', isDropped: true }
}

function numberProblem(
  { field, value }: FieldValue,
  wanted: string,
  problem: ReturnType<typeof checkInteger>,
): ValueProblem | undefined {
  if (!problem) return undefined
  const { isRefused, message, takes } = problem
  const range = takes && `${field.name} takes ${takes}`
  return isRefused
    ? {
        code: 'VALUE_NUMBER',
        message: `${field.name} takes ${wanted}: ${shown(value)} ${message}`,
        hint: range ?? `field(${field.name}, "0")`,
        isDropped: true,
      }
    : {
        code: 'VALUE_RANGE',
        message: `${shown(value)} for ${field.name} ${message}`,
        hint: range,
        isDropped: false,
      }
}

function checkString(field: FieldDefinition, value: string): ValueProblem | undefined {
  if (field.name === 'NAME') return fixed(field)
  const room = (field.size ?? 0) - 1
  if (value.length * 3 > room && room > 0) {
    const length = utf8Length(value)
    if (length > room) {
      return {
        ...{ code: 'VALUE_LONG', isDropped: true },
        message: `${field.name} takes ${room} bytes, these are ${length}`,
        hint: `field(${field.name}, ${JSON.stringify(value.slice(0, room))})`,
      }
    }
  }
  if (field.special !== 'SPC_CALC') return undefined
  const problem = checkCalc(value)
  if (!problem) return undefined
  const message = `the expression ${shown(value)} of ${field.name} is not valid: ${problem.message}`
  const hint = () => calcHint(value, problem)
  return { code: 'VALUE_CALC', message, hint, isDropped: false }
}

/** The choices are compared as they are; a number is the index of one. */
function checkMenu({ field, value, definitions }: FieldValue): ValueProblem | undefined {
  const menu = definitions.menus.get(field.menu ?? '')
  if (!menu || value === '' || menu.choices.has(value)) return undefined
  const index = choiceIndex(value)
  if (index !== undefined && index < menu.choices.size) return undefined
  // dbStaticLib.c: one too many is taken, and 65535, too.
  if (index === menu.choices.size || index === 0xffff) {
    const message = `menu ${menu.name} has no choice number ${index}`
    return {
      code: 'VALUE_CHOICE',
      message,
      severity: 'warning',
      hint: () => choices(menu),
      isDropped: false,
    }
  }
  return {
    ...{ code: 'VALUE_CHOICE', isDropped: true },
    message: `${field.name} has no choice ${shown(value)}`,
    hint: () => didYouMean(value, menu.choices.keys()) ?? choices(menu),
    near: { word: value, candidates: menu.choices.keys() },
  }
}

function choices({ choices: known }: Menu): string {
  return `choose one of ${listOf(known)}`
}

function deviceChoices({ devices }: RecordType): string {
  if (devices.size === 0) return 'remove this line, or require the module with the device support'
  return `choose one of ${listOf(devices)}, or require the module that has it`
}

function listOf(known: ReadonlyMap<string, unknown>): string {
  const names = [...known.keys()].slice(0, 20).map((name) => JSON.stringify(name))
  return `${names.join(', ')}${known.size > 20 ? ', …' : ''}`
}

function checkDevice({ field, value, definition }: FieldValue): ValueProblem | undefined {
  const { devices, name } = definition
  if (value === '' || devices.has(value)) return undefined
  const index = choiceIndex(value)
  if (index !== undefined && (index <= devices.size || index === 0xffff) && devices.size > 0) {
    if (index < devices.size) return undefined
    const message = `record type ${name} has no device support number ${index}`
    return {
      ...{ code: 'DTYP_UNKNOWN', message, severity: 'warning', isDropped: false },
      hint: () => deviceChoices(definition),
    }
  }
  return {
    ...{ code: 'DTYP_UNKNOWN', isDropped: true },
    message: `record type ${name} has no device support ${shown(value)} for ${field.name}`,
    hint: () => didYouMean(value, devices.keys()) ?? deviceChoices(definition),
    near: { word: value, candidates: devices.keys() },
    unknown: { kind: 'device support', name: value, recordType: name },
  }
}

function checkLink({ field, value, definitions, isParsed }: FieldValue): ValueProblem | undefined {
  const link = readLink(value)
  if (link.kind === 'address') {
    if (link.linkType) return undefined
    const message = `${shown(value)} is no hardware address`
    return {
      code: 'LINK_INVALID',
      message,
      hint: '#C<card> S<signal> @<parameter>, or one of the other forms',
      isDropped: true,
    }
  }
  if (link.kind === 'pv') return checkModifiers(field, link.modifiers)
  if (link.kind !== 'json' || !link.text.startsWith('{')) return undefined
  const { linkTypes } = definitions
  const problem = checkJsonLink(link.text, { kind: field.kind, linkTypes, isParsed })
  if (!problem) return undefined
  const { unknown } = problem
  const hint = () =>
    unknown === undefined
      ? jsonLinkForm(link.text, linkTypes)
      : (didYouMean(unknown, linkTypes.keys()) ?? `choose one of ${listOf(linkTypes)}`)
  return {
    code: 'LINK_INVALID',
    message: `${field.name}: ${problem.message}`,
    hint,
    ...(unknown !== undefined && { unknown: { kind: 'link type', name: unknown } }),
    isDropped: true,
  }
}

function checkModifiers(
  { kind, name }: FieldDefinition,
  modifiers: string,
): ValueProblem | undefined {
  if (kind !== 'DBF_OUTLINK' || !/(?:^| )CPP?(?: |$)/.test(modifiers)) return undefined
  const message = `CP and CPP do nothing in the output link ${name}`
  return {
    code: 'LINK_INVALID',
    message,
    severity: 'warning',
    hint: 'take the modifier away',
    isDropped: false,
  }
}

function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
}
