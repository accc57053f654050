import type { RequestedPv } from '../../database/requests/requests.ts'
import { readChannelName } from '../../database/values/channels.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { once } from '../../text/once.ts'
import type { Source } from '../../text/source.ts'
import { channelProblem } from '../records/channel-problem.ts'
import { belongs, lacksRecords } from '../records/link-targets.ts'
import { nameIndex } from '../records/name-index.ts'
import { findRecord } from '../records/record-links.ts'
import type { CheckedIoc } from '../types.ts'

/**
 * PVs that shall be saved but cannot: fields that records do not have; records that the IOC should
 * have by their names, one message for each file if it is not a slip; records of other IOCs.
 */
export function* requestedRecords(
  pvs: readonly RequestedPv[],
  ioc: CheckedIoc,
): Generator<Diagnostic> {
  const index = once(() => nameIndex([ioc.database]))
  const isComplete = !lacksRecords(ioc)
  const own: Groups = new Map()
  const others: Groups = new Map()
  const looked = new Set<string>()
  for (const pv of pvs) {
    if (looked.has(pv.name)) continue
    looked.add(pv.name)
    const channel = readChannelName(pv.name)
    const record = findRecord(ioc.database, channel.record)
    if (record) {
      const problem = channelProblem(record, channel, ioc.definitions)
      if (problem) yield fieldFinding(pv, problem)
    } else if (isComplete) {
      const near = index().near(channel.record)
      if (near.length > 0) yield nearFinding(pv, channel.record, near)
      else addTo(belongs(channel.record, index()) ? own : others, pv)
    }
  }
  for (const group of own.values()) yield* groupFinding(group, 'REQUEST_RECORD')
  for (const group of others.values()) yield* groupFinding(group, 'REQUEST_ELSEWHERE')
}

/** By the file that names them. */
type Groups = Map<Source, RequestedPv[]>

function addTo(groups: Groups, pv: RequestedPv): void {
  const { source } = pv.at
  const group = groups.get(source)
  if (group) group.push(pv)
  else groups.set(source, [pv])
}

function fieldFinding(
  { name, at }: RequestedPv,
  { message, hint }: { readonly message: string; readonly hint?: string | undefined },
): Diagnostic {
  return diagnostic('REQUEST_FIELD', `"${name}" cannot be saved: ${message}`, {
    ...{ at, hint: hint && `did you mean "${hint}"?` },
  })
}

function nearFinding({ at }: RequestedPv, record: string, near: readonly string[]): Diagnostic {
  const message = `there is no record "${record}", which ${at.source.name} wants to save`
  const hint = `did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`
  return diagnostic('REQUEST_RECORD', message, { at, hint })
}

const mostNames = 5

function* groupFinding(
  group: readonly RequestedPv[],
  code: 'REQUEST_RECORD' | 'REQUEST_ELSEWHERE',
): Generator<Diagnostic> {
  const [first] = group
  if (!first) return
  const names = group.slice(0, mostNames).map(({ name }) => name)
  const more = group.length > mostNames ? ` and ${group.length - mostNames} more` : ''
  const { at } = first
  const message = `PVs of ${at.source.name} are not in this IOC: ${names.join(', ')}${more}`
  const hint = 'load the database that has them, or take the lines away'
  yield diagnostic(code, message, { at, ...(code === 'REQUEST_RECORD' && { hint }) })
}
