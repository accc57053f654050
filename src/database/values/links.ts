/** What the text of a link field is, by its form alone; see `dbParseLink` of dbStaticLib. */
export type Link =
  | { readonly kind: 'empty' }
  | { readonly kind: 'constant' }
  | PvLink
  | { readonly kind: 'json'; readonly text: string }
  /** Without `linkType` the address is not one of the known forms: the IOC refuses the value. */
  | { readonly kind: 'address'; readonly linkType: AddressType | undefined }

export interface PvLink {
  readonly kind: 'pv'
  /** Up to the first blank: record, field, filters. */
  readonly target: string
  /** The rest without blanks around it, e.g. `CP MS`. */
  readonly modifiers: string
}

/** The forms of hardware addresses as dbd files name them. */
export type AddressType =
  | 'INST_IO'
  | 'VME_IO'
  | 'CAMAC_IO'
  | 'RF_IO'
  | 'AB_IO'
  | 'GPIB_IO'
  | 'BITBUS_IO'
  | 'BBGPIB_IO'
  | 'VXI_IO'

/** Words that may follow the target of a PV link. */
export const linkModifiers: ReadonlySet<string> = new Set([
  ...['PP', 'NPP', 'CA', 'CP', 'CPP'],
  ...['NMS', 'MS', 'MSI', 'MSS'],
])

export type ProcessOption = 'NPP' | 'CPP' | 'PP' | 'CA' | 'CP'

/** The modifier of a PV link that decides on processing: of several the first one of this order. */
export function processOption(modifiers: string): ProcessOption {
  return options.find((one) => modifiers.includes(one)) ?? 'NPP'
}

/** The order in which dbParseLink looks for them, also inside of other words. */
const options: readonly ProcessOption[] = ['NPP', 'CPP', 'PP', 'CA', 'CP']

/**
 * Reads the value of a link field, with its escapes already replaced (`unescapeValue`). Every text
 * is some link: what is neither a number nor an address nor JSON is the name of a PV.
 */
export function readLink(value: string): Link {
  const text = value.trim()
  const first = text.charCodeAt(0)
  if (Number.isNaN(first)) return empty
  if (first === at) return instrument
  if (first === hash) return { kind: 'address', linkType: addressType(text) }
  if (isWrapped(text, first)) return { kind: 'json', text }
  if (!isPlainLetter(first) && isNumber(text)) return constant
  // Only blanks end the name: a tab is part of it.
  const end = text.indexOf(' ')
  if (end < 0) return { kind: 'pv', target: text, modifiers: '' }
  return { kind: 'pv', target: text.slice(0, end), modifiers: text.slice(end + 1).trim() }
}

const empty: Link = { kind: 'empty' }
const constant: Link = { kind: 'constant' }
const instrument: Link = { kind: 'address', linkType: 'INST_IO' }
const [at, hash, brace, bracket] = [0x40, 0x23, 0x7b, 0x5b]

/** `{...}` and `[...]` are JSON; a name may begin with a brace, too, if it ends otherwise. */
function isWrapped(text: string, first: number): boolean {
  return (first === brace && text.endsWith('}')) || (first === bracket && text.endsWith(']'))
}

/** Letters that no number begins with; `inf` and `nan` are numbers. */
function isPlainLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a && lower !== 0x69 && lower !== 0x6e
}

/** What `strtod` reads to its end. */
const number =
  /^[+-]?(?:0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan(?:\(\w*\))?)$/i

function isNumber(text: string): boolean {
  // Names are longer than numbers, and a hostile one may be very long.
  return text.length < 400 && number.test(text)
}

/** By the letters in their order; those of `[]` may be missing. Behind `@` a parameter may stand. */
const addresses: readonly (readonly [RegExp, AddressType, parameter: boolean])[] = [
  [/^CS$/, 'VME_IO', true],
  [/^BCNA?F?$/, 'CAMAC_IO', true],
  [/^RMDE$/, 'RF_IO', false],
  [/^LACS$/, 'AB_IO', true],
  [/^LA$/, 'GPIB_IO', true],
  [/^LNPS$/, 'BITBUS_IO', true],
  [/^LBG$/, 'BBGPIB_IO', true],
  [/^VC?S$/, 'VXI_IO', true],
]

/** `#C0 S0 @parameter`: letters with numbers, blanks between them or not. */
const address = /^#((?:\s*[A-Z]\s*[+-]?(?:0x[\da-fA-F]+|0[0-7]*|[1-9]\d*)){1,5})\s*(@[\s\S]*)?$/

function addressType(text: string): AddressType | undefined {
  const [, pairs = '', parameter] = address.exec(text) ?? []
  const letters = pairs.replace(/0x[\da-fA-F]+|[^A-Z]/g, '')
  const row = addresses.find(([form]) => form.test(letters))
  if (!row) return undefined
  return parameter === undefined || row[2] ? row[1] : undefined
}
