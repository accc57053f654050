import type { Definitions, FieldDefinition, RecordType } from '../definitions/types.ts'
import { choiceIndex, doubleValue, integerValue } from '../values/numbers.ts'
import { valueText } from '../values/value-text.ts'
import { compactJson } from './json.ts'
import type { LoadedField } from './types.ts'

/** What decides about values beside their field. */
export interface IocTypes extends Pick<RecordType, 'devices'> {
  readonly definitions: Definitions | undefined
}

/**
 * The value that a field has in the IOC, in the form in which the IOC prints it.
 *
 * @param written - undefined: no file sets it, it has its default
 */
export function iocValue(
  field: FieldDefinition,
  written: LoadedField | undefined,
  { devices, definitions }: IocTypes,
): string {
  if (field.kind === 'DBF_DEVICE') {
    const value = written && printedValue(field, plainValue(written), definitions)
    return devices.size === 0 ? (value ?? '') : nameAt([...devices.keys()], value || '0')
  }
  return printedValue(field, written ? plainValue(written) : (field.initial ?? ''), definitions)
}

/** A value without its quotes and escapes, see `valueText`; JSON without blanks. */
export function plainValue(field: LoadedField): string {
  return field.form === 'json' ? compactJson(valueText(field)) : valueText(field)
}

/** A value in the form in which the IOC prints it: numbers as numbers, choices by their text. */
function printedValue(
  field: FieldDefinition,
  value: string,
  definitions: Definitions | undefined,
): string {
  switch (field.kind) {
    case 'DBF_MENU':
      return nameAt(
        [...(definitions?.menus.get(field.menu ?? '')?.choices.keys() ?? [])],
        value || '0',
      )
    case 'DBF_FLOAT':
    case 'DBF_DOUBLE':
      return printedDouble(value.trim(), field.kind === 'DBF_FLOAT')
    case 'DBF_STRING':
    case 'DBF_DEVICE':
    case 'DBF_NOACCESS':
      return value
    case 'DBF_INLINK':
    case 'DBF_OUTLINK':
    case 'DBF_FWDLINK':
      return value.trim()
    default:
      return printedInteger(field, value.trim())
  }
}

/** The choice that a number stands for; a number itself if there is none. */
function nameAt(names: readonly string[], value: string): string {
  const index = names.includes(value) ? undefined : choiceIndex(value)
  return index === undefined ? value : (names[index] ?? String(index))
}

/** Of what the IOC refuses nothing better is known than what is written. */
function printedInteger({ kind, base }: FieldDefinition, text: string): string {
  const value = text === '' ? 0n : integerValue(text, kind)
  if (value === undefined) return text
  if (base !== 'HEX') return String(value)
  return `0x${BigInt.asUintN(kind.endsWith('INT64') ? 64 : 32, value).toString(16)}`
}

/** With all digits that make a difference, where the IOC prints 15 at most. */
function printedDouble(text: string, isSingle: boolean): string {
  const value = text === '' ? 0 : doubleValue(text)
  if (value === undefined) return text
  if (!Number.isFinite(value)) return String(value).replace('Infinity', 'inf').toLowerCase()
  return String(isSingle ? shortest(Math.fround(value)) : value)
}

/** Of the numbers that are the same with single precision the one with the fewest digits. */
function shortest(value: number): number {
  const rounded = [6, 7, 8].map((digits) => Number(value.toPrecision(digits)))
  return rounded.find((one) => Math.fround(one) === value) ?? Number(value.toPrecision(9))
}
