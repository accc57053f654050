import type { Definitions } from '../../database/definitions/types.ts'
import { readJson } from '../../database/values/json.ts'

/** `[3]`, `[0:3]`, `[-3:]`, `[0:2:9]` (dbChannel.c: parseArrayRange). */
const range = /^\[\s*(?:[+-]?\w+\s*)?(?::\s*(?:[+-]?\w+\s*)?){0,2}\]/

/**
 * What is wrong with the text behind the field of a channel: a range, then filters in JSON. Nothing
 * if it can be read.
 */
export function filterProblem(text: string, definitions: Definitions): string | undefined {
  const rest = text.replace(range, '')
  if (rest === '') return undefined
  if (!rest.startsWith('{')) return `"${rest}" cannot stand behind the field`
  const { value, problem } = readJson(rest)
  if (problem) return `its filter is not valid JSON: ${problem.message}`
  if (value?.kind !== 'object') return undefined
  const unknown = value.members.find(({ name }) => !isRegistered(name, definitions))?.name
  return unknown === undefined ? undefined : `there is no filter "${unknown}"`
}

/** Filters have no statement in dbd files, but a registrar each: `dbndInitialize` is that of `dbnd`. */
function isRegistered(filter: string, { registrars }: Definitions): boolean {
  if (registrars.size === 0) return true
  for (const name of registrars.keys()) {
    if (name.toLowerCase().startsWith(filter) && /^([A-Z_]|$)/.test(name.slice(filter.length))) {
      return true
    }
  }
  return false
}
