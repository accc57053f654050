import type { Definitions, FieldDefinition, RecordType } from '../definitions/types.ts'
import { unescapeValue } from '../values/escapes.ts'
import { checkDouble, checkInteger } from '../values/numbers.ts'
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
    return nameAt([...devices.keys()], value || '0')
  }
  return printedValue(field, written ? plainValue(written) : (field.initial ?? ''), definitions)
}

/** A value without its quotes and escapes; JSON without blanks. */
export function plainValue({ value, form }: LoadedField): string {
  return form === 'json' ? compactJson(value) : form === 'string' ? unescapeValue(value) : value
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
      return printedDouble(value.trim())
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

/** The choice that a number stands for. */
function nameAt(names: readonly string[], value: string): string {
  if (names.includes(value) || !/^\d{1,5}$/.test(value)) return value
  return names[Number(value)] ?? value
}

function printedInteger({ kind, base }: FieldDefinition, text: string): string {
  if (text === '') return '0'
  if (checkInteger(text, kind)) return text
  const [, sign, digits = '0'] = /^([-+]?)(\w+)$/.exec(text) ?? []
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits}` : digits)
  const value = sign === '-' ? -size : size
  if (base !== 'HEX') return String(value)
  return `0x${BigInt.asUintN(32, value).toString(16)}`
}

function printedDouble(text: string): string {
  if (text === '') return '0'
  const isPlain = /^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(text) && !checkDouble(text)
  const value = Number(text)
  return isPlain && Math.abs(value) < 1e15 && Number.isFinite(value) ? String(value) : text
}
