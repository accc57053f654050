import type { Fields } from './fields.ts'

/** A version of symbols that an object asks of a library it needs. */
export interface VersionNeeded {
  /** SONAME of the library. */
  readonly library: string
  readonly version: string
  /** Number of this version in the object's own table of symbol versions. */
  readonly index: number
  /** A weak need may stay unmet. */
  readonly weak: boolean
}

/** A table of linked structures, as the dynamic section describes it. */
interface VersionTable {
  readonly table: Fields
  readonly count: number
  readonly strings: Fields
}

const BASE = 1
const WEAK = 2

/** The versions behind `DT_VERNEED` (LSB, symbol versioning). */
export function readVersionsNeeded({ table, count, strings }: VersionTable): VersionNeeded[] {
  const found: VersionNeeded[] = []
  for (const at of links(table, { start: 0, count, next: 12 })) {
    const library = strings.text(table.u32(at + 4))
    const parts = { start: at + table.u32(at + 8), count: table.u16(at + 2), next: 12 }
    for (const part of links(table, parts)) {
      if (found.length >= maxVersions) return found
      found.push({
        library,
        version: strings.text(table.u32(part + 8)),
        index: table.u16(part + 6) & 0x7fff,
        weak: (table.u16(part + 4) & WEAK) !== 0,
      })
    }
  }
  return found
}

/** The names behind `DT_VERDEF`, without the first one, which is the library's own name. */
export function readVersionsDefined({ table, count, strings }: VersionTable): string[] {
  const found: string[] = []
  for (const at of links(table, { start: 0, count, next: 16 })) {
    if ((table.u16(at + 2) & BASE) !== 0) continue
    found.push(strings.text(table.u32(at + table.u32(at + 12))))
  }
  return found
}

/** libstdc++ has about fifty; a table that speaks of more than this is not one. */
const maxVersions = 10_000

interface Chain {
  readonly start: number
  readonly count: number
  /** Place of the distance to the next structure. */
  readonly next: number
}

/** Places of linked structures. The distances are positive, so a corrupt table cannot be a ring. */
function* links(table: Fields, { start, count, next }: Chain): Generator<number> {
  let at = start
  for (let index = 0; index < Math.min(count, maxVersions) && at < table.length; index++) {
    yield at
    const distance = table.u32(at + next)
    if (distance === 0) return
    at += distance
  }
}
