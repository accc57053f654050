// A benchmark measures some quantities and compares each with its limit.

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {number} measured
 * @property {number} [limit] the most that is allowed; without it the row is for information
 * @property {string} [unit]
 */

/**
 * Runs a benchmark and prints its table; over a limit, this program ends with status 1.
 *
 * @param {string} title
 * @param {() => Promise<readonly Row[]>} measure
 */
export async function benchmark(title, measure) {
  console.log(`\n${title}`)
  const rows = await measure()
  const lines = [
    ['', 'measured', 'limit', ''],
    ...rows.map((row) => [row.what, amount(row, 'measured'), amount(row, 'limit'), verdict(row)]),
  ]
  for (const line of aligned(lines)) console.log(`  ${line}`.trimEnd())
  if (rows.some(isOver)) process.exitCode = 1
}

function isOver({ measured, limit }) {
  return limit !== undefined && !(measured <= limit)
}

function verdict(row) {
  if (row.limit === undefined) return ''
  return isOver(row) ? 'TOO MUCH' : 'ok'
}

function amount({ unit = '', ...row }, key) {
  const value = row[key]
  if (value === undefined) return ''
  const digits = unit === '' && !Number.isInteger(value) ? 2 : Number.isInteger(value) ? 0 : 1
  return `${value.toFixed(digits)} ${unit}`.trimEnd()
}

function aligned(lines) {
  const width = (column) => Math.max(...lines.map((line) => line[column].length))
  const [first, second, third] = [0, 1, 2].map(width)
  return lines.map(
    ([what, measured, limit, word]) =>
      `${what.padEnd(first)}  ${measured.padStart(second)}  ${limit.padStart(third)}  ${word}`,
  )
}
