// A benchmark measures some quantities and compares each with its limit.

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {number} measured
 * @property {number} [limit] the most that is allowed; without a limit the row is for information
 * @property {number} [least] the least that is allowed
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
    ...rows.map((row) => [row.what, amount(row, row.measured), limitOf(row), verdict(row)]),
  ]
  for (const line of aligned(lines)) console.log(`  ${line}`.trimEnd())
  if (rows.some((row) => isOver(row) || isUnder(row))) process.exitCode = 1
}

function isOver({ measured, limit }) {
  return limit !== undefined && !(measured <= limit)
}

function isUnder({ measured, least }) {
  return least !== undefined && !(measured >= least)
}

function verdict(row) {
  if (row.limit === undefined && row.least === undefined) return ''
  return isOver(row) ? 'TOO MUCH' : isUnder(row) ? 'TOO LITTLE' : 'ok'
}

function limitOf(row) {
  if (row.limit !== undefined) return amount(row, row.limit)
  return row.least === undefined ? '' : `at least ${amount(row, row.least)}`
}

function amount({ unit = '' }, value) {
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
