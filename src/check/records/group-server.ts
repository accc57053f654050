import type { CheckedIoc } from '../types.ts'

/** Whether the IOC has a server of groups; an IOC without one leaves `info(Q:group)` alone. */
export function hasQsrv({ definitions }: CheckedIoc): boolean {
  if (!definitions) return true
  return definitions.registrars.has('QSRVRegistrar') || hasPvxs(definitions.registrars)
}

/** The module pvxs has a QSRV of its own, with the type `const`. */
export function hasPvxs(registrars: ReadonlyMap<string, unknown>): boolean {
  return registrars.has('pvxsGroupSourceRegistrar')
}
