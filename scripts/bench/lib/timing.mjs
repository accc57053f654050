// Times of programs. This machine may be busy with other things: programs that are compared run in
// turn, and the median counts.
import { spawnSync } from 'node:child_process'

/**
 * @typedef {object} Program
 * @property {readonly [string, ...string[]]} command
 * @property {Readonly<Record<string, string | undefined>>} [env]
 * @property {string} [cwd]
 * @property {string} [input] for its standard input, which is /dev/null otherwise
 * @property {() => void} [before] is done before each run, and not measured
 */

/**
 * Runs programs in turn, many times.
 *
 * @template {string} Name
 * @param {Readonly<Record<Name, Program>>} programs
 * @param {number} times
 * @returns {Record<Name, number>} median of the time from start to end, in ms
 */
export function mediansOf(programs, times) {
  const names = Object.keys(programs)
  const samples = Object.fromEntries(names.map((name) => [name, []]))
  for (let turn = -1; turn < times; turn++) {
    for (const name of names) {
      const time = timeOf(programs[name])
      if (turn >= 0) samples[name].push(time) // the first turn fills the caches of the system
    }
  }
  return Object.fromEntries(names.map((name) => [name, medianOf(samples[name])]))
}

/**
 * Time from the start to the end of a program, in ms.
 *
 * @param {Program} program
 */
export function timeOf(program) {
  program.before?.()
  const started = performance.now()
  runToEnd(program)
  return performance.now() - started
}

/**
 * Runs a program that has to succeed.
 *
 * @param {Program} program
 * @returns {string} what it printed to stdout
 */
export function runToEnd({ command: [name, ...args], env = process.env, cwd, input }) {
  const result = spawnSync(name, args, {
    ...{ env, cwd, input, encoding: 'utf8', timeout: 60_000 },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  if (result.error) throw result.error
  if (result.status !== 0) {
    throw new Error(`${name} ended with ${result.status ?? result.signal}:\n${result.stderr}`)
  }
  return result.stdout
}

/** @param {readonly number[]} values */
/** @param {readonly number[]} samples at least one */
export function medianOf(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
