/** Replaces the escapes of a quoted value (`dbTranslateEscape`): `\\"` stands for `"`. */
export function unescapeValue(value: string): string {
  if (!value.includes('\\')) return value
  return value.replace(escapes, (_all, octal, hex, one) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return controls[one] ?? one
  })
}

/** Offsets in the text without escapes as offsets in the value as it is written. */
export function writtenOffsets(value: string): (offset: number) => number {
  if (!value.includes('\\')) return (offset) => offset
  // What each escape adds, at the offset behind the character that it stands for.
  const longer: { readonly from: number; readonly by: number }[] = []
  let added = 0
  for (const {
    0: { length },
    index,
  } of value.matchAll(escapes)) {
    const from = index - added + 1
    added += length - 1
    longer.push({ from, by: added })
  }
  return (offset) => offset + (longer.findLast(({ from }) => from <= offset)?.by ?? 0)
}

const escapes = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([\s\S]))/g

const controls: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
}
