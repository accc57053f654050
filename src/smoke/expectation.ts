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
export function hasValue({ text, number }: PvReading, expected: string): boolean {
  if (text === expected || text.trim() === expected.trim()) return true
  if (number === undefined || expected.trim() === '') return false
  const wanted = Number(expected)
  return [wanted, Math.fround(wanted)].includes(number) || Number(text) === wanted
}
