import type { FieldKind } from '../definitions/types.ts'

/** Kinds of fields that hold a whole number, with their bits. */
const integers: ReadonlyMap<FieldKind, Form> = new Map([
  ['DBF_CHAR', { bits: 8n, isSigned: true }],
  ['DBF_UCHAR', { bits: 8n, isSigned: false }],
  ['DBF_SHORT', { bits: 16n, isSigned: true }],
  ['DBF_USHORT', { bits: 16n, isSigned: false }],
  ['DBF_ENUM', { bits: 16n, isSigned: false }],
  ['DBF_LONG', { bits: 32n, isSigned: true }],
  ['DBF_ULONG', { bits: 32n, isSigned: false }],
  ['DBF_INT64', { bits: 64n, isSigned: true }],
  ['DBF_UINT64', { bits: 64n, isSigned: false }],
])

/** What is wrong with a number. */
export interface NumberProblem {
  /** The IOC refuses it; otherwise it silently stores another number. */
  readonly isRefused: boolean
  /** E.g. `is too large`, to be put behind the value. */
  readonly message: string
  /** The numbers that the field can hold. */
  readonly takes?: string
}

/**
 * Checks a whole number as the IOC reads it (dbStaticLib.c, dbPutStringNum; epicsStdlib.c): base 0
 * as strtoll has it, so `010` is eight, nothing is zero, blanks may stand around; of what is too
 * large for the field the upper bits are dropped without a word, unless `dbConvertStrict` is set.
 */
export function checkInteger(
  text: string,
  kind: FieldKind,
  manner: Manner = {},
): NumberProblem | undefined {
  const form = integers.get(kind)
  if (!form || text === '') return undefined
  const [, sign, digits, rest = ''] = integer.exec(text.slice(0, longest)) ?? []
  if (digits === undefined) return refused('has no digits at its beginning')
  if (rest !== '' || text.length > longest) return refused(`has ${shown(rest)} behind its digits`)
  const isNegativeSize = manner.isSize === true && sign === '-'
  if (digits.length <= 9 && !isNegativeSize && isSmall(Number(octal(digits)), sign, form)) {
    return undefined
  }
  const value = written(digits, sign)
  const most = form.isSigned ? maxSigned(64n) : maxUnsigned(64n)
  if (value > most || value < (form.isSigned ? -most - 1n : -most)) {
    return refused('does not fit into 64 bits')
  }
  return manner.isStrict && !isRepresented(value, form)
    ? tooLarge(form)
    : checkRange(value, { ...form, ...manner, isHex: /^0[xX]/.test(digits) })
}

/** How a whole number is taken. */
interface Manner {
  /** The variable `dbConvertStrict` is set: what does not fit is refused. */
  readonly isStrict?: boolean
  /** It is a size, no pattern of bits: nobody means a negative one. */
  readonly isSize?: boolean
}

/** epicsStdlib.c, epicsParseUInt8 and its kin: strtoul takes negative numbers, too. */
function isRepresented(value: bigint, { bits, isSigned }: Form): boolean {
  return isSigned
    ? value <= maxSigned(bits) && value >= -maxSigned(bits) - 1n
    : value <= maxUnsigned(bits) && value >= -maxUnsigned(bits)
}

function tooLarge(form: Form): NumberProblem {
  const message = `does not fit into ${form.bits} bits, and dbConvertStrict is set`
  return { isRefused: true, message, takes: rangeOf(form) }
}

function rangeOf({ bits, isSigned }: Form): string {
  return isSigned ? `${-maxSigned(bits) - 1n} to ${maxSigned(bits)}` : `0 to ${maxUnsigned(bits)}`
}

/** The number that the field has: of what is too large the upper bits are dropped. */
export function integerValue(text: string, kind: FieldKind): bigint | undefined {
  if (checkInteger(text, kind)?.isRefused) return undefined
  const { bits, isSigned } = integers.get(kind) ?? widest
  const [, sign, digits = '0'] = integer.exec(text) ?? []
  const value = written(digits, sign)
  return isSigned ? BigInt.asIntN(Number(bits), value) : BigInt.asUintN(Number(bits), value)
}

/**
 * The number of a choice (epicsParseUInt16, base 0), or undefined. What is negative comes out of
 * strtoul at the upper end, and that is not seen as too large.
 */
export function choiceIndex(text: string): number | undefined {
  const number = text === '' ? undefined : integerValue(text, 'DBF_UINT64')
  if (number === undefined) return undefined
  if (number <= 0xffffn) return Number(number)
  return number > 0xffff_ffff_ffff_0000n ? Number(BigInt.asUintN(16, number)) : undefined
}

/** As JavaScript writes it. */
function octal(digits: string): string {
  return /^0[0-7]/.test(digits) ? `0o${digits}` : digits
}

/** Most numbers fit, whatever the field takes. */
function isSmall(size: number, sign: string | undefined, { bits, isSigned }: Form): boolean {
  const most =
    bits >= 32n
      ? 0x7fff_ffff
      : isSigned || sign === '-'
        ? 2 ** (Number(bits) - 1) - 1
        : 2 ** Number(bits) - 1
  return size <= most
}

interface Form {
  readonly bits: bigint
  readonly isSigned: boolean
}

const widest: Form = { bits: 64n, isSigned: true }

/** A number of 64 bits has at most 22 digits; nobody writes a thousand blanks. */
const longest = 1000

/** Blanks, sign, digits in base 16, 8 or 10, and what is left. */
const integer = /^[ \t\n\v\f\r]*([-+]?)(0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)[ \t\n\v\f\r]*([\s\S]*)$/

function written(digits: string, sign: string | undefined): bigint {
  const value = BigInt(octal(digits))
  return sign === '-' ? -value : value
}

function maxSigned(bits: bigint): bigint {
  return (1n << (bits - 1n)) - 1n
}

function maxUnsigned(bits: bigint): bigint {
  return (1n << bits) - 1n
}

/**
 * Bit patterns are written in hexadecimal or as a negative number also where the field has the
 * other sign; that is meant so.
 */
function checkRange(
  value: bigint,
  { bits, isSigned, isHex, isSize }: Form & Manner & { readonly isHex: boolean },
): NumberProblem | undefined {
  const least = isSize && !isSigned ? 0n : -maxSigned(bits) - 1n
  const most = isSigned && !isHex ? maxSigned(bits) : maxUnsigned(bits)
  if (value >= least && value <= most) return undefined
  const cut = isSigned ? BigInt.asIntN(Number(bits), value) : BigInt.asUintN(Number(bits), value)
  const message = `does not fit into ${bits} bits, the IOC makes it ${cut}`
  return { isRefused: false, message, takes: rangeOf({ bits, isSigned }) }
}

/** Checks a number with a fraction (epicsStdlib.c, epicsParseDouble). */
export function checkDouble(text: string): NumberProblem | undefined {
  if (text === '') return undefined
  const [, digits, rest = ''] = double.exec(text.slice(0, longest)) ?? []
  if (digits === undefined) return refused('has no digits at its beginning')
  if (rest !== '' || text.length > longest) return refused(`has ${shown(rest)} behind its digits`)
  if (/^[-+]?[in]/i.test(digits)) return undefined
  const value = numberOf(digits)
  if (!Number.isFinite(value)) return refused('is too large')
  const mantissa = digits.replace(/^[-+]?0x(.*?)(?:p.*)?$|e.*/i, '$1')
  const isTiny = Math.abs(value) < 2.2250738585072014e-308 && /[1-9a-f]/i.test(mantissa)
  return isTiny ? refused('is too small') : undefined
}

/** The number that the field has, NaN and infinity included; undefined if the IOC refuses it. */
export function doubleValue(text: string): number | undefined {
  return checkDouble(text) ? undefined : numberOf(double.exec(text)?.[1] ?? '0')
}

/** A number as strtod reads it. */
function numberOf(digits: string): number {
  const [, sign, whole = '', fraction = '', exponent = '0'] = hexadecimal.exec(digits) ?? []
  if (sign !== undefined) {
    const size = Number(`0x${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length)
    return sign === '-' ? -size : size
  }
  if (/^[-+]?i/i.test(digits)) return digits.startsWith('-') ? -Infinity : Infinity
  return Number(digits)
}

const hexadecimal = /^([-+]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)(?:[pP]([-+]?\d+))?$/

/** What strtod reads, and what is left. */
const double =
  /^[ \t\n\v\f\r]*([-+]?(?:0[xX](?:[\da-fA-F]+\.?[\da-fA-F]*|\.[\da-fA-F]+)(?:[pP][-+]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|(?:[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN](?:\(\w*\))?)))[ \t\n\v\f\r]*([\s\S]*)$/

function refused(message: string): NumberProblem {
  return { isRefused: true, message }
}

function shown(rest: string): string {
  return JSON.stringify(rest.length > 20 ? `${rest.slice(0, 20)}…` : rest)
}
