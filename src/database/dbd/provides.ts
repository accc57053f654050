import type { Span } from '../../text/span.ts'
import type { Dbd } from './dbd.ts'

/** Something that databases and scripts can use once the dbd file is loaded. */
export interface Provided extends Wanted {
  readonly at: Span
}

/** What a database or script uses, and somebody has to define. */
export interface Wanted {
  readonly kind: ProvidedKind
  /** Of device support the choice, which is the text of DTYP. */
  readonly name: string
  /** Of device support only. */
  readonly recordType?: string
}

export type ProvidedKind =
  | 'record type'
  | 'device support'
  | 'link type'
  | 'menu'
  | 'breaktable'
  | 'driver'
  | 'registrar'
  | 'function'
  | 'variable'

/** All that a dbd file defines itself; included files have their own. */
export function providedBy(dbd: Dbd): Provided[] {
  const named = (kind: ProvidedKind, list: readonly { name: string; at: Span }[]): Provided[] =>
    list.map(({ name, at }) => ({ kind, name, at }))
  return [
    ...named('record type', dbd.recordTypes),
    ...dbd.devices.map(
      ({ recordType, choice, at }): Provided => ({
        ...{ kind: 'device support', name: choice, recordType, at },
      }),
    ),
    ...named('link type', dbd.links),
    ...named('menu', dbd.menus),
    ...named('breaktable', dbd.breakTables),
    ...named('driver', dbd.drivers),
    ...named('registrar', dbd.registrars),
    ...named('function', dbd.functions),
    ...named('variable', dbd.variables),
  ]
}

/** Where a dbd file defines this; undefined if it does not. */
export function findProvided(dbd: Dbd, wanted: Wanted): Provided | undefined {
  return providedBy(dbd).find(
    ({ kind, name, recordType }) =>
      kind === wanted.kind && name === wanted.name && recordType === wanted.recordType,
  )
}
