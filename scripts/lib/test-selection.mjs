// Which tests the words behind `npm test --` select.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from './run.mjs'

/**
 * Words that are no step are filters for test files, and leave the other steps out.
 *
 * @param {readonly string[]} words
 * @param {{ steps: Record<string, { vitest?: boolean }>, root: string }} known
 * @returns {{ names: string[], filters: string[] }} throws `Stop` for a filter that no file fits
 */
export function selectionOf(words, { steps, root }) {
  const named = words.filter((word) => word in steps)
  const filters = words.filter((word) => !(word in steps))
  const files = filters.length > 0 ? testFiles(root) : []
  for (const filter of filters) checkFilter(filter, { files, steps })
  const all = Object.keys(steps).filter((name) => filters.length === 0 || steps[name].vitest)
  return { names: named.length > 0 ? named : all, filters }
}

/** Vitest looks for filters in paths, and takes a line behind them. */
function checkFilter(filter, { files, steps }) {
  const part = filter.replace(/^\.\//, '').replace(/:\d+$/, '')
  if (filter.startsWith('-') || files.some((file) => file.includes(part))) return
  const known = Object.keys(steps).join(', ')
  throw new Stop(`"${filter}" is in the path of no test file and no step; steps: ${known}`, 2)
}

function testFiles(root) {
  const names = readdirSync(join(root, 'test'), { recursive: true })
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(root, 'test', name))
}
