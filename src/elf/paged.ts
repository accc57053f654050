import { type Encoding, type Fields, fieldsOf, maxText } from './fields.ts'
import type { ByteReader } from './reader.ts'

/** A range of a file. */
export interface Range {
  readonly offset: number
  readonly size: number
}

/** Up to this size one read is cheaper than many. */
const small = 32_768

/** Pages overlap, so that numbers and nearly all names lie within one. */
const pageSize = 8192
const overlap = 512

/**
 * The fields of a table in a file. Of a big one only the pages that are asked for are read: a
 * symbol is found by a few places in tables of several hundred kilobytes.
 */
export function tableFields(reader: ByteReader, range: Range, encoding: Encoding): Fields {
  const { offset, size } = range
  if (size <= small) return fieldsOf(reader.read(offset, size), encoding)
  const pages = new Map<number, Fields>()
  return { length: size, u8, u16, u32, word, text, hasText }

  function u8(at: number): number {
    return page(at).u8(at % pageSize)
  }

  function u16(at: number): number {
    return page(at).u16(at % pageSize)
  }

  function u32(at: number): number {
    return page(at).u32(at % pageSize)
  }

  function word(at: number): number {
    return page(at).word(at % pageSize)
  }

  function text(at: number): string {
    const short = page(at).text(at % pageSize)
    return short.length < overlap ? short : part(at, maxText).text(0)
  }

  function hasText(at: number, wanted: Uint8Array): boolean {
    if (wanted.length < overlap) return page(at).hasText(at % pageSize, wanted)
    return part(at, wanted.length + 1).hasText(0, wanted)
  }

  function page(at: number): Fields {
    const number = Math.floor(at / pageSize)
    const known = pages.get(number)
    if (known) return known
    const fields = part(number * pageSize, pageSize + overlap)
    pages.set(number, fields)
    return fields
  }

  function part(at: number, length: number): Fields {
    const wanted = at >= 0 && at < size ? Math.min(length, size - at) : 0
    return fieldsOf(reader.read(offset + at, wanted), encoding)
  }
}
