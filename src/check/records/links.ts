import type { LoadedRecord } from '../../database/records/types.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import { once } from '../../text/once.ts'
import type { CheckedIoc } from '../types.ts'
import { groupsOf } from './groups.ts'
import { linkDevice, mayMisfit } from './link-device.ts'
import { linkField } from './link-field.ts'
import { linkForward } from './link-forward.ts'
import type { LinkRule } from './link-rule.ts'
import { type LinkSite, type MissingTargets, missingTargets } from './link-targets.ts'
import { linkWords } from './link-words.ts'
import { nameIndex } from './name-index.ts'
import { type Processing, processing } from './never-processed.ts'
import { type ProcessGraph, processGraph } from './process-graph.ts'
import { processLoops } from './process-loops.ts'
import { type LinkScope, linksOfRecord, type RecordLink } from './record-links.ts'

const rules: readonly LinkRule[] = [linkDevice, linkForward, linkWords, linkField]

/**
 * All that links of records tell, in one pass: an IOC may have millions of them, and no more than
 * one record's links are kept at a time.
 */
export function* links(iocs: readonly CheckedIoc[]): Generator<Diagnostic> {
  const databases = iocs.map(({ database }) => database)
  const site: LinkSite = {
    databases,
    index: once(() => nameIndex(databases)),
    groups: once(() => new Set(iocs.flatMap((ioc) => [...groupsOf(ioc).groups.keys()]))),
  }
  const processed = processing()
  for (const ioc of iocs) yield* linksOfIoc(ioc, site, processed)
  for (const ioc of iocs) yield* processed.report(ioc)
}

/** The part of it that an IOC would call errors. */
export function* linkErrors(ioc: CheckedIoc): Generator<Diagnostic> {
  const scope = { own: ioc.database, others: [] }
  const found = createFindingList({ isOnePerPlace: true })
  for (const record of ioc.database.records.values()) {
    if (!mayMisfit(record)) continue
    for (const link of linksOfRecord(record, scope)) {
      const item = linkDevice(link, ioc)
      if (item) found.add(item)
    }
  }
  yield* found.take()
}

function* linksOfIoc(
  ioc: CheckedIoc,
  site: LinkSite,
  processed: Processing,
): Generator<Diagnostic> {
  const { database } = ioc
  const scope = { own: database, others: site.databases.filter((other) => other !== database) }
  const pass: Pass = {
    ...{ ioc, scope, missing: missingTargets(ioc, site), graph: processGraph(database) },
    addProcessed: processed.of(ioc),
  }
  const found = createFindingList({ isOnePerPlace: true })
  for (const record of database.records.values()) {
    for (const item of lookAt(record, pass) ?? []) found.add(item)
  }
  const misspelled = new Set<string>()
  for (const item of pass.missing.report()) {
    if (item.code === 'LINK_RECORD') misspelled.add(placeOf(item))
    yield item
  }
  for (const item of found.take()) {
    // A forward link to a name that is misspelled is not meant to leave the IOC.
    if (item.code !== 'LINK_FORWARD' || item.more || !misspelled.has(placeOf(item))) yield item
  }
  yield* processLoops(pass.graph, scope)
}

function placeOf({ at }: Diagnostic): string {
  return at ? `${at.source.name}:${at.start}` : ''
}

interface Pass {
  readonly ioc: CheckedIoc
  readonly scope: LinkScope
  readonly missing: MissingTargets
  readonly graph: ProcessGraph
  readonly addProcessed: (link: RecordLink) => void
}

/** A plain function, no generator: these are slow in a loop of millions. */
function lookAt(record: LoadedRecord, { ioc, scope, missing, graph, addProcessed }: Pass) {
  let found: Diagnostic[] | undefined
  for (const link of linksOfRecord(record, scope)) {
    for (const rule of rules) {
      const one = rule(link, ioc)
      if (one) {
        found ??= []
        found.push(one)
      }
    }
    addProcessed(link)
    if (!link.target) missing.add(link)
    else if (link.isLocal) graph.add(link)
  }
  return found
}
