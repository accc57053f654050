import type { Database, LoadedText } from '../../database/records/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { RepeatedLoad } from '../types.ts'

/** Files that are loaded again with the same macros, if records began in them: one finding a load. */
export function* loadedAgain(
  repeats: readonly RepeatedLoad[],
  database: Database,
): Generator<Diagnostic> {
  const names = namesByText(database)
  for (const { first, at } of repeats) {
    const { text, includes = [] } = first
    const found = [text, ...includes].flatMap((one) => names.get(one) ?? [])
    if (found.length === 0) continue
    const message = `${text.source.name} is loaded again with the same macros: ${thereAlready(found)}`
    yield diagnostic('RECORD_TWICE', message, {
      at,
      notes: text.from ? [{ message: 'first here', at: text.from.at }] : [],
      hint: 'remove one of the loads, or give it other macros',
    })
  }
}

function namesByText({ records }: Database): Map<LoadedText, string[]> {
  const names = new Map<LoadedText, string[]>()
  for (const record of records.values()) {
    const known = names.get(record.in)
    if (known) known.push(record.name)
    else names.set(record.in, [record.name])
  }
  return names
}

function thereAlready(names: readonly string[]): string {
  const shown = names
    .slice(0, 3)
    .map((name) => `"${name}"`)
    .join(', ')
  if (names.length === 1) return `its record ${shown} is there already`
  if (names.length <= 3) return `its records ${shown} are there already`
  return `its ${names.length} records, such as ${shown}, are there already`
}
