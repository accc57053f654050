/** Number of bytes of a text in UTF-8, which is what the C code counts. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    if (unit < 0x800) length += 1
    else if (isPair(text, at)) {
      length += 2
      at += 1
    } else length += 2
  }
  return length
}

/**
 * The UTF-8 bytes of a text as a string of one character a byte, so that the same code can work on
 * text and on bytes.
 */
export function toBytes(text: string): string {
  if (isAscii(text)) return text
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}

/** The reverse of `toBytes`; a character that was cut in the middle becomes U+FFFD. */
export function fromBytes(bytes: string): string {
  if (isAscii(bytes)) return bytes
  decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })
  return decoder.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
}

/**
 * For each offset in a string of bytes the length of the text before it in UTF-16 units; nothing if
 * all offsets are the same. A character that is cut counts as one.
 */
export function unitsBefore(bytes: string): Uint32Array | undefined {
  if (isAscii(bytes)) return undefined
  const units = new Uint32Array(bytes.length + 1)
  for (let at = 0; at < bytes.length; at++) {
    const isContinued = (bytes.charCodeAt(at) & 0xc0) === 0x80
    const isLastOfFour = isContinued && bytes.charCodeAt(at - 3) >= 0xf0
    units[at + 1] = (units[at] ?? 0) + (!isContinued || isLastOfFour ? 1 : 0)
  }
  return units
}

/** Made when it is first needed, which most starts never do. */
let decoder: InstanceType<typeof TextDecoder> | undefined

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text)
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at)
  const low = text.charCodeAt(at + 1)
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000
}
