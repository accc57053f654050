/**
 * Numbers and texts in a block of bytes. Places outside the block read as 0 or as an empty text:
 * the callers check ranges where it matters, and hostile offsets can do nothing.
 */
export interface Fields {
  readonly length: number
  u8(at: number): number
  u16(at: number): number
  u32(at: number): number
  /** An address or size: 4 or 8 bytes by the class of the file; beyond 2^53 only "very big". */
  word(at: number): number
  /** The text up to the next NUL, one character a byte. */
  text(at: number): string
  /** Whether the text at a place is exactly these bytes and then a NUL. */
  hasText(at: number, text: Uint8Array): boolean
}

/** How numbers are stored in a file. */
export interface Encoding {
  readonly wide: boolean
  readonly little: boolean
}

/** Mangled C++ names can be some thousand characters long; more is not a name. */
export const maxText = 32_768

/** The fields of a block of bytes. */
export function fieldsOf(bytes: Uint8Array, { wide, little }: Encoding): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.length
  return { length, u8, u16, u32, word: wide ? u64 : u32, text, hasText }

  function u8(at: number): number {
    return bytes[at] ?? 0
  }

  function u16(at: number): number {
    return at >= 0 && at + 2 <= length ? view.getUint16(at, little) : 0
  }

  function u32(at: number): number {
    return at >= 0 && at + 4 <= length ? view.getUint32(at, little) : 0
  }

  function u64(at: number): number {
    const first = u32(at)
    const second = u32(at + 4)
    return little ? second * 2 ** 32 + first : first * 2 ** 32 + second
  }

  function text(at: number): string {
    if (!(at >= 0 && at < length)) return ''
    const end = bytes.indexOf(0, at)
    return latin1(bytes.subarray(at, Math.min(end < 0 ? length : end, at + maxText)))
  }

  function hasText(at: number, wanted: Uint8Array): boolean {
    if (!(at >= 0 && at + wanted.length < length)) return false
    for (let index = 0; index < wanted.length; index++) {
      if (bytes[at + index] !== wanted[index]) return false
    }
    return bytes[at + wanted.length] === 0
  }
}

/** One character a byte: names in symbol tables are ASCII, and nothing is lost if they are not. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** The bytes of a name; characters above 255 cannot be in a symbol table and become `?`. */
export function nameBytes(name: string): Uint8Array {
  const bytes = new Uint8Array(name.length)
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index)
    bytes[index] = code < 256 ? code : 0x3f
  }
  return bytes
}
