import type { Dbd } from '../../database/dbd/dbd.ts'
import type { Span } from '../../text/span.ts'

/** A symbol that a statement of a dbd file makes the IOC look for. */
export interface Demand {
  readonly symbol: string
  /** What the user wrote, e.g. `device support devAiSim`. */
  readonly what: string
  /** The name under which it is registered. */
  readonly name: string
  /** The line of C that exports it. */
  readonly source: string
  readonly at: Span
}

/**
 * epicsExport.h: `epicsExportAddress(dset, x)` makes `pvar_dset_x`, a registrar `pvar_func_x`, a
 * function for sub and aSub records a registrar of its own, `pvar_func_register_func_x`.
 */
export function demandsOf(dbd: Dbd): Demand[] {
  return [
    ...dbd.recordTypes.flatMap(({ name, at }) => [
      demand({ what: 'record support', kind: 'rset', name: `${name}RSET`, at }),
      {
        ...demand({ what: 'record layout', kind: 'func', name: `${name}RecordSizeOffset`, at }),
        source: `epicsExportRegistrar(${name}RecordSizeOffset);`,
      },
    ]),
    ...dbd.devices.map(({ support, at }) =>
      demand({ what: 'device support', kind: 'dset', name: support, at }),
    ),
    ...dbd.drivers.map(({ name, at }) => demand({ what: 'driver', kind: 'drvet', name, at })),
    ...dbd.links.map(({ support, at }) =>
      demand({ what: 'link support', kind: 'jlif', name: support, at }),
    ),
    ...dbd.registrars.map(({ name, at }) => ({
      ...demand({ what: 'registrar', kind: 'func', name, at }),
      source: `epicsExportRegistrar(${name});`,
    })),
    ...dbd.functions.map(({ name, at }) => ({
      ...demand({ what: 'function', kind: 'func_register_func', name, at }),
      symbol: `pvar_func_register_func_${name}`,
      source: `epicsRegisterFunction(${name});`,
    })),
    ...dbd.variables.map(({ name, type, at }) =>
      demand({ what: 'variable', kind: type, name, at }),
    ),
  ]
}

interface DemandKind {
  readonly what: string
  readonly kind: string
  readonly name: string
  readonly at: Span
}

function demand({ what, kind, name, at }: DemandKind): Demand {
  return {
    symbol: `pvar_${kind}_${name}`,
    what: `${what} ${name}`,
    name,
    source: `epicsExportAddress(${kind}, ${name});`,
    at,
  }
}
