/** Characters by their UTF-16 code, both ends included. */
export type Range = readonly [from: number, to: number]

/** Whether a character (its UTF-16 code) belongs to a set. */
export type CharacterTest = (code: number) => boolean

const digits: readonly Range[] = [[48, 57]]
const wordCharacters: readonly Range[] = [...digits, [65, 90], [95, 95], [97, 122]]
const blanks: readonly Range[] = [
  [9, 13],
  [32, 32],
  [160, 160],
]

/** `\d`, `\w`, `\s` and their opposites by letter. */
export const classes: ReadonlyMap<string, readonly Range[]> = new Map([
  ['d', digits],
  ['w', wordCharacters],
  ['s', blanks],
  ['D', opposite(digits)],
  ['W', opposite(wordCharacters)],
  ['S', opposite(blanks)],
])

/** All characters outside of ranges that are sorted and do not overlap. */
function opposite(ranges: readonly Range[]): Range[] {
  const edges = [-1, ...ranges.flat(), 65_536]
  const gaps: Range[] = []
  for (let index = 0; index < edges.length; index += 2) {
    const [from, to] = [(edges[index] ?? 0) + 1, (edges[index + 1] ?? 0) - 1]
    if (from <= to) gaps.push([from, to])
  }
  return gaps
}

/** A test that looks up ASCII in a table and searches the ranges for the rest. */
export function testOf(ranges: readonly Range[], isNegated = false): CharacterTest {
  if (ranges.length === 0) return () => isNegated
  const [only, ...others] = ranges
  if (only && others.length === 0 && !isNegated) {
    const [from, to] = only
    return from === to ? (code) => code === from : (code) => from <= code && code <= to
  }
  const isIn = (code: number): boolean => ranges.some(([from, to]) => from <= code && code <= to)
  const table = Uint8Array.from({ length: 128 }, (_, code) => (isIn(code) === isNegated ? 0 : 1))
  return (code) => (code < 128 ? table[code] === 1 : isIn(code) !== isNegated)
}
