import { fromBytes, toBytes } from '../../macro/bytes.ts'
import type { Source } from '../../text/source.ts'
import { unescapeValue } from './escapes.ts'

/** A value as it is written. */
interface Written {
  readonly value: string
  readonly form: 'string' | 'word' | 'json'
  readonly in: { readonly source: Pick<Source, 'encoding'> }
}

/**
 * The characters of a value. For the IOC it is bytes, from the file or from escapes: they are read as
 * UTF-8; a byte that is none is a lone surrogate, U+DC80 to U+DCFF. It ends at a NUL.
 */
export function valueText({ value, form, in: { source } }: Written): string {
  if (isPlain.test(value)) return value
  const isLatin = source.encoding === 'latin1' && !/[^\0-\xff]/.test(value)
  const bytes = isLatin ? value : toBytes(value)
  return charactersOf(form === 'string' ? unescapeValue(bytes) : bytes).split('\0')[0] ?? ''
}

const isPlain = /^[\x01-\x5b\x5d-\x7f]*$/

function charactersOf(bytes: string): string {
  return bytes.replace(utf8OrByte, (found) =>
    found.length > 1 ? fromBytes(found) : String.fromCharCode(0xdc00 + found.charCodeAt(0)),
  )
}

/** A character of more than one byte (RFC 3629), or a byte that is part of none. */
const utf8OrByte =
  /[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}|[\x80-\xff]/g

/** For people and programs: bytes that are no UTF-8 are most likely Latin-1. */
export function shownText(text: string): string {
  return withBytes(text, (byte) => String.fromCharCode(byte))
}

/** Text with something else for the bytes that are no characters. */
export function withBytes(text: string, shown: (byte: number) => string): string {
  return text.isWellFormed()
    ? text
    : text.replace(/[\udc80-\udcff]/gu, (byte) => shown(byte.charCodeAt(0) - 0xdc00))
}
