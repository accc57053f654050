/**
 * The characters of a text as numbers, which are read several times faster than those of a string.
 * What is not ASCII is 255; behind the end is a zero.
 */
export function unitsOf(text: string): Uint8Array {
  const units = new Uint8Array(text.length + 1)
  for (let at = 0; at < text.length; at += perPiece) {
    const piece = text.slice(at, at + perPiece)
    const place = units.subarray(at, at + piece.length)
    if (piece.length < short || !encode(piece, place)) copy(piece, place)
  }
  return units
}

const perPiece = 0x1_0000
/** Below that a loop is faster. */
const short = 100

/** Whether the text was ASCII: only then is a character a byte. */
function encode(text: string, units: Uint8Array): boolean {
  encoder ??= new TextEncoder()
  const { read, written } = encoder.encodeInto(text, units)
  return read === text.length && written === text.length
}

/** Made when it is first needed, which most starts never do. */
let encoder: InstanceType<typeof TextEncoder> | undefined

function copy(text: string, units: Uint8Array): void {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    units[at] = unit < 128 ? unit : 255
  }
}
