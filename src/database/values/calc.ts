import { didYouMean } from '../../text/suggest.ts'

/** What is wrong with an expression, and where in it. */
export interface CalcProblem {
  readonly message: string
  readonly at: number
}

/**
 * Checks an expression of calc and calcout records and of calc links as postfix() of base does
 * (reference of the calc record, "expressions"). Nothing is said about what is too long to be one.
 */
export function checkCalc(text: string): CalcProblem | undefined {
  if (text.length > longest) return undefined
  const cursor: Cursor = { text: text.toUpperCase(), at: 0, problem: undefined }
  let values = 0
  do {
    values += readPart(cursor)
  } while (!cursor.problem && take(cursor, ';'))
  if (cursor.problem) return cursor.problem
  if (!isAtEnd(cursor)) return { message: 'an operator is missing', at: cursor.at }
  if (values === 1) return undefined
  const message = values === 0 ? 'it has no result' : `it has ${values} results`
  return { message, at: text.length }
}

/** What may help: a function with a near name, what the parts are, or how far it is good. */
export function calcHint(text: string, { message, at }: CalcProblem): string {
  const calls = text.toUpperCase().matchAll(/([A-Z_]\w*)\s*\(/g)
  for (const [, name = ''] of calls) {
    const near = functions.has(name) ? undefined : didYouMean(name, functions.keys())
    if (near && name.length > 2) return near
  }
  if (message.startsWith('it has')) return 'one part gives the result, others assign: "B:=A*2; B+1"'
  const good = text.slice(0, at).trim()
  if (good === text.trim()) return 'write what is missing at its end'
  return good === ''
    ? 'an expression has A to U, numbers, operators and functions in it, e.g. "A+B"'
    : `it is good as far as ${JSON.stringify(good.slice(-40))}`
}

const longest = 1000

interface Cursor {
  readonly text: string
  at: number
  problem: CalcProblem | undefined
}

/** An assignment, which gives no value, or a condition, which gives one. */
function readPart(cursor: Cursor): 0 | 1 {
  const assignment = match(cursor, /[A-U]\s*:=/y)
  readCondition(cursor)
  return assignment === undefined ? 1 : 0
}

function readCondition(cursor: Cursor): void {
  readOperands(cursor)
  if (cursor.problem || !take(cursor, '?')) return
  readCondition(cursor)
  if (cursor.problem) return
  if (!take(cursor, ':')) fail(cursor, 'the "?" has no ":"')
  else readCondition(cursor)
}

const operators = /\*\*|>>>|>>|>=|>|<<|<=|<|==|=|!=|#|&&|&|\|\||\||\+|-|\*|\/|%|\^|AND|XOR|OR/y

function readOperands(cursor: Cursor): void {
  do {
    while (match(cursor, prefixes) !== undefined);
    readOperand(cursor)
  } while (!cursor.problem && match(cursor, operators) !== undefined)
}

const prefixes = /[-!~]|NOT/y

/** Functions by the number of their arguments; 0: any number but none. */
const functions: ReadonlyMap<string, number> = new Map([
  ...['ABS', 'ACOS', 'ASIN', 'ATAN', 'CEIL', 'COS', 'COSH', 'EXP', 'FLOOR', 'ISINF'].map(one),
  ...['LN', 'LOG', 'LOGE', 'NINT', 'SIN', 'SINH', 'SQR', 'SQRT', 'TAN', 'TANH'].map(one),
  ['ATAN2', 2],
  ['FMOD', 2],
  ['FINITE', 0],
  ['ISNAN', 0],
  ['MAX', 0],
  ['MIN', 0],
])

function one(name: string): [string, number] {
  return [name, 1]
}

/** Longer words first: nothing needs to stand between words, `AANDB` is `A AND B`. */
const word =
  /ACOS|ABS|ASIN|ATAN2|ATAN|CEIL|COSH|COS|D2R|EXP|FINITE|FLOOR|FMOD|INFINITY|INF|ISINF|ISNAN|LN|LOGE|LOG|MAX|MIN|NAN|NINT|PI|R2D|RNDM|SINH|SIN|SQRT|SQR|TANH|TAN|VAL|[A-U]/y

function readOperand(cursor: Cursor): void {
  if (take(cursor, '(')) {
    readCondition(cursor)
    if (!cursor.problem && !take(cursor, ')')) fail(cursor, 'a ")" is missing')
    return
  }
  if (match(cursor, number) !== undefined) return
  const found = match(cursor, word)
  const count = functions.get(found ?? '')
  if (count !== undefined) readArguments(cursor, { name: found ?? '', count })
  else if (found === undefined) {
    fail(cursor, isAtEnd(cursor) ? 'an operand is missing at the end' : 'an operand is missing')
  }
}

/** The letters of inputs that an expression reads or sets. */
export function calcInputs(text: string): ReadonlySet<string> {
  const words = text
    .toUpperCase()
    .matchAll(new RegExp(`${number.source}|NOT|XOR|AND|OR|${word.source}`, 'g'))
  return new Set(Array.from(words, ([found]) => found).filter((found) => /^[A-U]$/.test(found)))
}

const number = /0X[\dA-F]+|(?:\d+\.?\d*|\.\d+)(?:E[-+]?\d+)?/y

interface Call {
  readonly name: string
  readonly count: number
}

function readArguments(cursor: Cursor, { name, count }: Call): void {
  let given = 0
  if (take(cursor, '(')) {
    do {
      readCondition(cursor)
      given++
    } while (!cursor.problem && take(cursor, ','))
    if (!cursor.problem && !take(cursor, ')')) fail(cursor, `the ")" of ${name} is missing`)
  } else {
    // Without brackets a function is an operator: SIN A will do.
    while (match(cursor, prefixes) !== undefined);
    readOperand(cursor)
    given = 1
  }
  if (cursor.problem || count === 0 || given === count) return
  fail(cursor, `${name} takes ${count} arguments, here ${given === 1 ? 'is' : 'are'} ${given}`)
}

function take(cursor: Cursor, character: string): boolean {
  skipBlanks(cursor)
  if (cursor.text[cursor.at] !== character) return false
  cursor.at++
  return true
}

/** The text that a pattern finds here, blanks before it left out. */
function match(cursor: Cursor, pattern: RegExp): string | undefined {
  skipBlanks(cursor)
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  if (found !== undefined) cursor.at += found.length
  return found
}

function isAtEnd(cursor: Cursor): boolean {
  skipBlanks(cursor)
  return cursor.at >= cursor.text.length
}

function skipBlanks(cursor: Cursor): void {
  while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at++
}

function fail(cursor: Cursor, message: string): void {
  cursor.problem ??= { message, at: cursor.at }
}
