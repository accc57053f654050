import type { GrowingRecordType } from './record-type.ts'
import type { Definitions } from './types.ts'

type Growing<Set> = {
  readonly [Name in keyof Set]: Set[Name] extends ReadonlyMap<infer Key, infer Value>
    ? Map<Key, Value>
    : Set[Name]
}

/** Definitions to which statements are added. */
export interface GrowingSet extends Omit<Growing<Definitions>, 'recordTypes'> {
  readonly recordTypes: Map<string, GrowingRecordType>
}

export function emptySet(): GrowingSet {
  return {
    recordTypes: new Map(),
    menus: new Map(),
    linkTypes: new Map(),
    drivers: new Map(),
    registrars: new Map(),
    functions: new Map(),
    variables: new Map(),
    breakTables: new Map(),
  }
}
