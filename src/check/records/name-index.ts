import type { Database } from '../../database/records/types.ts'
import { suggest } from '../../text/suggest.ts'

/** The names of records by their prefixes, to judge whether an unknown name should be one of them. */
export interface NameIndex {
  /** How many names begin with the prefix of this one. */
  siblings(name: string): number
  /** Names that differ from this one by a slip behind the common prefix, best first. */
  near(name: string): readonly string[]
}

/** Names compared in one check: a search for each of very many unknown names would take minutes. */
const budget = 100_000

/** Reads the names of the databases when it is first asked. */
export function nameIndex(databases: readonly Database[]): NameIndex {
  const groups = new Map<string, string[]>()
  for (const { records, aliases } of databases) {
    for (const name of records.keys()) add(groups, name)
    for (const name of aliases.keys()) add(groups, name)
  }
  let left = budget
  return {
    siblings: (name) => groups.get(prefixOf(name))?.length ?? 0,
    near(name) {
      const prefix = prefixOf(name)
      const group = groups.get(prefix)
      if (!group || group.length > left) return []
      left -= group.length
      return nearIn(group, name, prefix)
    },
  }
}

/**
 * The part of a name that says where a record belongs: up to the last `:` or `}` before the end, as
 * sites name their records (`LAB:OVEN:TEMP`, `XF:23ID{Mtr:1}Pos`). Empty if there is none.
 */
export function prefixOf(name: string): string {
  for (let at = name.length - 2; at >= 0; at--) {
    const one = name.charCodeAt(at)
    if (one === 0x3a || one === 0x7d) return name.slice(0, at + 1)
  }
  return ''
}

function nearIn(group: readonly string[], name: string, prefix: string): string[] {
  const rest = name.slice(prefix.length)
  const shape = withoutDigits(rest)
  const candidates = group.map((one) => one.slice(prefix.length))
  return suggest(rest, candidates)
    .filter((one) => withoutDigits(one) !== shape)
    .map((one) => prefix + one)
}

/** Names with other numbers are other things, not slips: `BPM1` and `BPM2`. */
function withoutDigits(name: string): string {
  return name.replace(/\d+/g, '#')
}

function add(groups: Map<string, string[]>, name: string): void {
  const prefix = prefixOf(name)
  const group = groups.get(prefix)
  if (group) group.push(name)
  else groups.set(prefix, [name])
}
