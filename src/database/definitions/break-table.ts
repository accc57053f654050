import type { Statement } from '../statements.ts'
import { endOfString, endOfWord, skipBlanks } from '../tokens.ts'
import { type File, type Finding, type Reading, report } from './reading.ts'
import type { BreakTable } from './types.ts'

/**
 * Reads a table of raw and engineering values (dbLexRoutines.c, dbBreakBody): at least two points,
 * and a slope that is not zero and keeps its sign.
 */
export function readBreakTable(reading: Reading, file: File, statement: Statement): BreakTable {
  const { values, start, end } = statement
  const name = values[0] ?? ''
  const points = readPoints(reading, file, statement)
  const problem = problemOf(name, points)
  if (problem) {
    report(reading, file.text, { code: 'DBD_VALUE', ...problem, start, end })
  }
  return { name, points, at: file.text.spanOf(start, end) }
}

function readPoints(reading: Reading, { text }: File, { body }: Statement): number[] {
  const points: number[] = []
  const end = body?.end ?? 0
  let isBehindValue = false
  let comma: number | undefined
  for (let at = skipBlanks(text.text, body?.start ?? end); at < end; ) {
    const next = endOfString(text.text, at) ?? endOfWord(text.text, at) ?? at + 1
    const written = text.text.slice(at, next)
    const isComma = written === ','
    if (isComma && !isBehindValue) report(reading, text, spareComma(at))
    comma = isComma ? at : undefined
    isBehindValue = !isComma
    const number = isComma ? undefined : numberOf(written)
    if (number !== undefined) points.push(number)
    else if (!isComma) report(reading, text, notNumber(written, at, next))
    at = skipBlanks(text.text, next)
  }
  if (comma !== undefined) report(reading, text, spareComma(comma))
  return points
}

function spareComma(start: number): Finding {
  const message = 'this "," is not between two values'
  return { code: 'DBD_SYNTAX', message, hint: 'remove it', start, end: start + 1 }
}

function numberOf(written: string): number | undefined {
  const text = written.replace(/^"|"$/g, '')
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : undefined
}

function notNumber(written: string, start: number, end: number): Finding {
  const message = `${JSON.stringify(written)} in this breaktable is no number`
  const hint = 'a breaktable holds pairs of numbers: raw value, engineering value'
  return { code: 'DBD_VALUE', message, hint, start, end }
}

function problemOf(
  name: string,
  points: readonly number[],
): { readonly message: string; readonly hint: string } | undefined {
  const hint = 'write pairs of numbers: raw value, engineering value'
  if (points.length % 2 !== 0) {
    return { message: `breaktable ${name} has a value without its partner`, hint }
  }
  if (points.length < 4) return { message: `breaktable ${name} has fewer than two points`, hint }
  const slopes = slopesOf(points)
  if (slopes.includes(0)) {
    return { message: `breaktable ${name} has two points with the same engineering value`, hint }
  }
  const changes = slopes.some((slope) => Math.sign(slope) !== Math.sign(slopes[0] ?? slope))
  return changes ? { message: `breaktable ${name} goes up and down`, hint } : undefined
}

function slopesOf(points: readonly number[]): number[] {
  const slopes: number[] = []
  for (let at = 2; at + 1 < points.length; at += 2) {
    const raw = (points[at] ?? 0) - (points[at - 2] ?? 0)
    slopes.push(((points[at + 1] ?? 0) - (points[at - 1] ?? 0)) / raw)
  }
  return slopes
}
