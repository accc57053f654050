/** A PV that must exist and, if there is a value, must have it. */
export interface Expectation {
  readonly name: string
  readonly value?: string
}

/** What a PV holds. */
export interface PvReading {
  /** As the IOC prints it: the label of an enumeration, a number with the record's precision. */
  readonly text: string
  /** The value as a number (an enumeration: its index); undefined for text. */
  readonly number?: number
  /** The number is held in single precision. */
  readonly isSingle?: boolean
  /** An array without any element. */
  readonly isEmpty?: boolean
  /** The text is as long as Channel Access allows: there may be more of it. */
  readonly isCut?: boolean
}

/** Reads `NAME` or `NAME=VALUE`; undefined if there is no name. */
export function parseExpectation(text: string): Expectation | undefined {
  const equals = text.indexOf('=')
  const name = (equals < 0 ? text : text.slice(0, equals)).trim()
  if (name === '') return undefined
  return equals < 0 ? { name } : { name, value: text.slice(equals + 1) }
}

/** The way the expectation is written on the command line. */
export function formatExpectation({ name, value }: Expectation): string {
  return value === undefined ? name : `${name}=${value}`
}

/**
 * Whether a value is the one that was asked for: the same text, or the same number. A number may be
 * given in full, as single precision holds it, or as the IOC prints it: no tolerance beyond that.
 */
export function hasValue(reading: PvReading, expected: string): boolean {
  const wanted = expected.trim()
  if (reading.text === expected || reading.text.trim() === wanted) return true
  if (reading.number === undefined || wanted === '') return false
  return hasNumber({ ...reading, number: reading.number }, wanted)
}

function hasNumber(
  { text, number, isSingle }: PvReading & { readonly number: number },
  expected: string,
): boolean {
  const wanted = Number(expected)
  if (Number.isNaN(wanted)) return Number.isNaN(number) && /^[+-]?nan$/i.test(expected)
  if (isWhole(text) && isWhole(expected) && !Number.isSafeInteger(number)) {
    // 64-bit integers come as doubles, which hold no more than 53 bits; the text has all.
    return BigInt(text) === BigInt(expected)
  }
  return number === (isSingle ? Math.fround(wanted) : wanted) || Number(text) === wanted
}

function isWhole(text: string): boolean {
  return /^\s*-?\d+\s*$/.test(text)
}
