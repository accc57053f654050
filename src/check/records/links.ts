import type { Diagnostic } from '../../text/diagnostic.ts'
import { once } from '../../text/once.ts'
import type { CheckedIoc } from '../types.ts'
import { groupsOf } from './groups.ts'
import { linkDevice } from './link-device.ts'
import { linkField } from './link-field.ts'
import { linkForward } from './link-forward.ts'
import type { LinkRule } from './link-rule.ts'
import { type LinkSite, missingTargets } from './link-targets.ts'
import { linkWords } from './link-words.ts'
import { nameIndex } from './name-index.ts'
import { processGraph } from './process-graph.ts'
import { processLoops } from './process-loops.ts'
import { linksOfRecord } from './record-links.ts'

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
  for (const ioc of iocs) yield* linksOfIoc(ioc, site)
}

function* linksOfIoc(ioc: CheckedIoc, site: LinkSite): Generator<Diagnostic> {
  const { database } = ioc
  const scope = { own: database, others: site.databases.filter((other) => other !== database) }
  const missing = missingTargets(ioc, site)
  const graph = processGraph()
  for (const record of database.records.values()) {
    for (const link of linksOfRecord(record, scope)) {
      for (const rule of rules) {
        const found = rule(link, ioc)
        if (found) yield found
      }
      missing.add(link)
      graph.add(link)
    }
  }
  yield* missing.report()
  yield* processLoops(graph, scope)
}
