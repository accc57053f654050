import type { FieldDefinition } from '../definitions/types.ts'

/** How values of a field can be seen to be good; see `isEasy`. */
export interface Ease {
  readonly kind: number
  /** The most characters or digits. */
  readonly room: number
}

/** A stretch of a text. */
export interface Stretch {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Numbers, as there are millions of values. */
const hard = 0
const string = 1
const whole = 2
const decimal = 3
const inputLink = 4
const outputLink = 5
const expression = 6
const size = 7

/** Of what takes any text: info items. */
export const anyText: Ease = { kind: string, room: Number.POSITIVE_INFINITY }

/** How values of a field can be seen to be good. */
export function easeOf(field: FieldDefinition): Ease {
  const { kind, name, special } = field
  switch (kind) {
    case 'DBF_STRING':
      if (name === 'NAME' || !field.size) return { kind: hard, room: 0 }
      return { kind: special === 'SPC_CALC' ? expression : string, room: field.size - 1 }
    case 'DBF_FLOAT':
    case 'DBF_DOUBLE':
      return { kind: decimal, room: mostDigits }
    case 'DBF_OUTLINK':
      return { kind: outputLink, room: 0 }
    case 'DBF_INLINK':
    case 'DBF_FWDLINK':
      return { kind: inputLink, room: 0 }
    case 'DBF_MENU':
    case 'DBF_DEVICE':
    case 'DBF_NOACCESS':
      return { kind: hard, room: 0 }
    case 'DBF_CHAR':
    case 'DBF_UCHAR':
      return { kind: wholeOf(field), room: 2 }
    case 'DBF_SHORT':
    case 'DBF_USHORT':
    case 'DBF_ENUM':
      return { kind: wholeOf(field), room: 4 }
    default:
      return { kind: wholeOf(field), room: 9 }
  }
}

function wholeOf(field: FieldDefinition): number {
  return isSize(field) ? size : whole
}

/**
 * Whether a field holds how many there are of something, such as NELM: a whole number without sign
 * that only a database can set, and that is not shown as bits.
 */
export function isSize({ kind, special, base }: FieldDefinition): boolean {
  return special === 'SPC_NOMOD' && base !== 'HEX' && /^DBF_U/.test(kind)
}

const mostDigits = 18

/**
 * Whether a value is good without further thought; otherwise `checkFieldValue` tells.
 *
 * @param value printable ASCII without escapes
 */
export function isEasy({ kind, room }: Ease, value: Stretch): boolean {
  switch (kind) {
    case string:
      return value.end - value.start <= room
    case whole:
      return isWhole(value, room)
    case size:
      return value.text.charCodeAt(value.start) !== minus && isWhole(value, room)
    case decimal:
      return isDecimal(value, room)
    case inputLink:
      return isNamed(value)
    case outputLink:
      return isNamed(value) && !hasModifier(value)
    case expression:
      return value.end - value.start <= room && isSum(value)
    default:
      return false
  }
}

/** `-12`: the field has room for so many digits, whether it has a sign or not. */
function isWhole({ text, start, end }: Stretch, room: number): boolean {
  const first = text.charCodeAt(start) === minus ? start + 1 : start
  const digits = end - first
  if (digits < 1 || digits > room) return false
  for (let at = first; at < end; at++) if (!isDigit(text.charCodeAt(at))) return false
  // What begins with 0 is octal.
  return digits === 1 || text.charCodeAt(first) !== zero
}

/** `-12.5`: so many digits, with the point, fit into any double. */
function isDecimal({ text, start, end }: Stretch, room: number): boolean {
  const first = text.charCodeAt(start) === minus ? start + 1 : start
  if (end - first > room || !isDigit(text.charCodeAt(first))) return false
  let at = first + 1
  while (at < end && isDigit(text.charCodeAt(at))) at++
  if (at < end && text.charCodeAt(at) === dot) at++
  while (at < end && isDigit(text.charCodeAt(at))) at++
  return at === end
}

/**
 * A constant, a hardware address by its parameter, or the name of a PV: nothing but the modifiers of
 * such a link can be wrong. JSON and addresses in numbers begin otherwise.
 */
function isNamed({ text, start }: Stretch): boolean {
  const first = text.charCodeAt(start)
  return first !== blank && first !== numberSign && first !== openSquare && first !== openCurly
}

/** Whether CP or CPP, which do not fit an output link, may be among the modifiers. */
function hasModifier({ text, start, end }: Stretch): boolean {
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== blank) continue
    if (text.charCodeAt(at + 1) === capitalC && text.charCodeAt(at + 2) === capitalP) return true
  }
  return false
}

/** `A+B*3`: inputs and whole numbers with one operator between any two; blanks where they may be. */
function isSum({ text, start, end }: Stretch): boolean {
  let isOperand = false
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === blank) continue
    if (isOperand) {
      if (unit !== plus && unit !== minus && unit !== star && unit !== slash) return false
      isOperand = false
    } else if (isDigit(unit)) {
      while (at + 1 < end && isDigit(text.charCodeAt(at + 1))) at++
      isOperand = true
    } else if (isInput(unit)) isOperand = true
    else return false
  }
  return isOperand
}

function isDigit(unit: number): boolean {
  return unit >= zero && unit <= nine
}

/** `A` to `U` */
function isInput(unit: number): boolean {
  const letter = unit | lower
  return letter >= letterA && letter <= letterU
}

const blank = 32
const numberSign = 35
const star = 42
const plus = 43
const minus = 45
const dot = 46
const slash = 47
const zero = 48
const nine = 57
const capitalC = 67
const capitalP = 80
const openSquare = 91
const letterA = 97
const letterU = 117
const openCurly = 123
/** This bit makes a capital letter a small one. */
const lower = 32
