import type { PvOutcome } from '../smoke/smoke-run.ts'
import { readPvs } from './channel-access/read-pvs.ts'
import type { IocPorts } from './ioc-ports.ts'
import { findPvs } from './pv-access/find-pvs.ts'

/** Milliseconds for each answer of an IOC on this machine. */
const timeout = 5000

/**
 * Reads PVs of an IOC over Channel Access; those it does not have there are looked for over PV
 * Access, where groups of records are.
 */
export async function readIocPvs(names: readonly string[], ports: IocPorts): Promise<PvOutcome[]> {
  if (names.length === 0) return []
  const outcomes = await readPvs(names, { port: ports.ca, timeout })
  const missing = names.filter((_, index) => outcomes[index]?.kind === 'missing')
  if (missing.length === 0) return outcomes
  const groups = await findGroups(missing, ports)
  return outcomes.map((outcome, index) =>
    outcome.kind === 'missing' && groups.has(names[index] ?? '') ? { kind: 'group' } : outcome,
  )
}

/** An IOC without a PVA server (softIoc) has no groups. */
async function findGroups(names: readonly string[], ports: IocPorts): Promise<ReadonlySet<string>> {
  try {
    return await findPvs(names, { port: ports.pva, timeout })
  } catch {
    return new Set()
  }
}
