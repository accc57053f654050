import type { Span } from '../../text/span.ts'

/**
 * What the dbd files loaded so far make known: what records can be made of. Bodies of record types
 * are read when they are asked for, a base has tens of thousands of lines of them.
 */
export interface Definitions {
  readonly recordTypes: ReadonlyMap<string, RecordType>
  readonly menus: ReadonlyMap<string, Menu>
  readonly linkTypes: ReadonlyMap<string, LinkType>
  readonly drivers: ReadonlyMap<string, Definition>
  readonly registrars: ReadonlyMap<string, Definition>
  readonly functions: ReadonlyMap<string, Definition>
  readonly variables: ReadonlyMap<string, VariableDefinition>
  readonly breakTables: ReadonlyMap<string, BreakTable>
}

/** Something with a name that a dbd file defines. */
export interface Definition {
  readonly name: string
  readonly at: Span
}

/** A type of JSON link: `{calc: ...}`. */
export interface LinkType extends Definition {
  /** Name of its table (jlif). */
  readonly support: string
}

export interface VariableDefinition extends Definition {
  readonly type: string
}

export interface BreakTable extends Definition {
  readonly points: readonly number[]
}

export interface Menu extends Definition {
  /** By what a database writes: the text of the choice, e.g. `.1 second`. */
  readonly choices: ReadonlyMap<string, { readonly symbol: string; readonly index: number }>
}

export interface RecordType extends Definition {
  /** In the order of the dbd file, the fields common to all records first. */
  readonly fields: ReadonlyMap<string, FieldDefinition>
  /** By choice, the text that DTYP takes. Grows with each `device` statement. */
  readonly devices: ReadonlyMap<string, DeviceDefinition>
}

/** The kinds of fields; those that are links begin in `DBF_INLINK`, `DBF_OUTLINK`, `DBF_FWDLINK`. */
export type FieldKind = (typeof fieldKinds)[number]

export const fieldKinds = [
  'DBF_STRING',
  'DBF_CHAR',
  'DBF_UCHAR',
  'DBF_SHORT',
  'DBF_USHORT',
  'DBF_LONG',
  'DBF_ULONG',
  'DBF_INT64',
  'DBF_UINT64',
  'DBF_FLOAT',
  'DBF_DOUBLE',
  'DBF_ENUM',
  'DBF_MENU',
  'DBF_DEVICE',
  'DBF_INLINK',
  'DBF_OUTLINK',
  'DBF_FWDLINK',
  'DBF_NOACCESS',
] as const

export interface FieldDefinition extends Definition {
  readonly kind: FieldKind
  /** Of a string field, with its final NUL. */
  readonly size?: number
  /** Name of the menu of a `DBF_MENU` field. */
  readonly menu?: string
  readonly prompt?: string
  readonly promptGroup?: string
  /** E.g. `SPC_NOMOD`: may not be set. */
  readonly special?: string
  /** The value that a record has if nothing is said. */
  readonly initial?: string
  readonly interest?: number
  readonly base?: 'DECIMAL' | 'HEX'
  /** Access security level, `ASL0` or `ASL1`. */
  readonly asl?: string
  /** `pp(TRUE)`: a put processes the record. */
  readonly processPassive?: boolean
  readonly prop?: boolean
  /** The C declaration of a `DBF_NOACCESS` field. */
  readonly extra?: string
}

export interface DeviceDefinition {
  readonly recordType: string
  /** `CONSTANT`, `INST_IO`, `VME_IO` ... */
  readonly linkType: string
  /** Name of the device support table (dset). */
  readonly support: string
  readonly choice: string
  readonly at: Span
}
