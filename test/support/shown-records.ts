import type { Loader } from '../../src/database/records/loader.ts'

/** All that a loader has of its records and aliases, as a text to compare with another one. */
export function recordsOf({ database }: Loader): string {
  const records = Array.from(database.records.values(), (record) => {
    const { name, type, start, end, more, fields, infos } = record
    return { name, type, start, end, more, fields, infos }
  })
  return shown([records, [...database.aliases.keys()]])
}

/** Texts and sources are the same ones, or cannot be shown. */
export function shown(value: unknown): string {
  return JSON.stringify(value, (key, inner) => (key === 'in' || key === 'source' ? '' : inner))
}
