/** The value of an argument, or why there is none. */
export type Converted = { readonly value: number } | { readonly error: 'illegal' | 'out-of-range' }

/**
 * An integer argument as iocsh converts it: `strtol` with base 0 (`0x1f`, `017`), tried again as
 * unsigned, cut to 32 bits. Missing and empty are 0.
 */
export function toInteger(text: string | undefined): Converted {
  if (!text) return { value: 0 }
  const [, sign = '', digits = ''] =
    /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.exec(text) ?? []
  if (digits === '') return { error: 'illegal' }
  const octal = /^0[0-7]+$/.test(digits)
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits)
  if (magnitude >= 1n << 64n) return { error: 'out-of-range' }
  return { value: Number(BigInt.asIntN(32, sign === '-' ? -magnitude : magnitude)) }
}

/** A floating point argument as `strtod` reads it; missing and empty are 0. */
export function toDouble(text: string | undefined): Converted {
  if (!text) return { value: 0 }
  const [, sign = '', body = ''] = /^[ \t\n\v\f\r]*([+-]?)(.*)$/s.exec(text) ?? []
  const value = magnitudeOf(body)
  if (value === undefined) return { error: 'illegal' }
  return { value: sign === '-' ? -value : value }
}

function magnitudeOf(text: string): number | undefined {
  if (/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text)
  if (/^inf(?:inity)?$/i.test(text)) return Number.POSITIVE_INFINITY
  if (/^nan(?:\(\w*\))?$/i.test(text)) return Number.NaN
  return hexadecimal(text)
}

/** `0x1.8p3` */
function hexadecimal(text: string): number | undefined {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?\d+))?$/.exec(text) ?? []
  if (whole === '' && fraction === '') return undefined
  const digits = Number(`0x${whole}${fraction}`)
  return digits * 2 ** (Number(exponent) - 4 * fraction.length)
}
