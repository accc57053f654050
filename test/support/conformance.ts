import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const conformance = join(import.meta.dirname, '../conformance')

/** The folder with the data of all sets; `E3_CONFORMANCE_DIR` names another one. */
export const dataFolder: string = process.env['E3_CONFORMANCE_DIR'] || join(conformance, 'data')

/** The cases of a set that is one JSON file, without those in skip.json. */
export function readCases<T extends { readonly name: string }>(set: string, file: string): T[] {
  const cases: T[] = JSON.parse(readFileSync(join(dataFolder, file), 'utf8'))
  const skipped = readSkipped(set)
  return cases.filter(({ name }) => !(name in skipped))
}

/** Names of cases that are not run, each with the reason: `{ "<set>": { "<case>": "<reason>" } }`. */
export function readSkipped(set: string): Readonly<Record<string, string>> {
  const all: Record<string, Record<string, string>> = JSON.parse(
    readFileSync(join(conformance, 'skip.json'), 'utf8'),
  )
  return all[set] ?? {}
}
