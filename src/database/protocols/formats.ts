/** What stands around a string with formats. */
export interface FormatUse {
  readonly use: 'input' | 'output'
  /** Nothing is put in front of it or behind it. */
  readonly isWhole: boolean
}

/** What StreamDevice does not take of a format. */
export interface FormatProblem {
  readonly message: string
  /** Converters can be added by other libraries. */
  readonly isUnsure?: boolean
}

/**
 * The first wrong format of a string (formats.html, and StreamFormatConverter.cc: parseFormat). What
 * holds escapes or variables is left alone, as is all behind a format with a text of its own.
 */
export function formatProblem(
  text: string,
  { use, isWhole }: FormatUse,
): FormatProblem | undefined {
  for (const match of text.matchAll(format)) {
    const [all, flags, precision, converter] = match
    if (flags === undefined) continue
    const isAtEnd = match.index + all.length === text.length
    // An escape follows, or what the string is put together with.
    if (!converter && !(isWhole && isAtEnd)) return undefined
    const problem = problemOf({ all, flags, precision, converter }, use)
    if (problem) return problem
    if (converter && '{[/<T'.includes(converter)) return undefined
  }
  return undefined
}

// An escape, "%%", or: field, flags, width, precision, converter.
const format = /\\[\s\S]|%%|%(?:\([^)\\]*\))?([-+ #0*?!=]*)\d*(\.\d+)?([^\\.(]?)/g

interface Format {
  readonly all: string
  readonly flags: string
  readonly precision: string | undefined
  readonly converter: string | undefined
}

function problemOf(
  { all, flags, precision, converter = '' }: Format,
  use: FormatUse['use'],
): FormatProblem | undefined {
  if (converter === '') return { message: `format "${all}" has no converter` }
  const inputOnly = /[*?!=]/.exec(flags)?.[0]
  if (use === 'output' && inputOnly)
    return { message: `"${inputOnly}" in format "${all}" is for input only` }
  if (!converters.includes(converter))
    return { message: `there is no converter "${converter}": format "${all}"`, isUnsure: true }
  // With "=" the input is compared with what would be written.
  const isRead = use === 'input' && !flags.includes('=')
  if (isRead && precision && plain.includes(converter))
    return { message: `a precision is for output only: format "${all}"` }
  return undefined
}

/** StdLongConverter, StdDoubleConverter. */
const plain = 'diouxXfeEgG'
const converters = `${plain}sc[bBrRDmT{/<`
