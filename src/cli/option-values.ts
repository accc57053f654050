import { InvalidArgumentError } from 'commander'

/** A whole number from 1. */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new InvalidArgumentError('it must be a whole number from 1')
  }
  return Number(text)
}

/** A number of seconds, which may be a fraction. */
export function seconds(text: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) {
    throw new InvalidArgumentError('it must be a number of seconds')
  }
  return Number(text)
}

/** A number of seconds in which something shall happen. */
export function positiveSeconds(text: string): number {
  const value = seconds(text)
  if (value === 0) throw new InvalidArgumentError('it must be more than 0 seconds')
  return value
}
