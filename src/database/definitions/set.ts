import type { GrowingRecordType } from './record-type.ts'
import type {
  BreakTable,
  Definition,
  Definitions,
  LinkType,
  Menu,
  VariableDefinition,
} from './types.ts'

/** Definitions to which statements are added. */
export interface GrowingSet extends Definitions {
  readonly recordTypes: Map<string, GrowingRecordType>
  readonly menus: Map<string, Menu>
  readonly linkTypes: Map<string, LinkType>
  readonly drivers: Map<string, Definition>
  readonly registrars: Map<string, Definition>
  readonly functions: Map<string, Definition>
  readonly variables: Map<string, VariableDefinition>
  readonly breakTables: Map<string, BreakTable>
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
