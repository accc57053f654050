import type { Place } from '../../database/records/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import type { CheckedIoc, SiteRule } from '../types.ts'
import { placeSpan } from './place.ts'

/**
 * Names that two of the IOCs have, as records or aliases: clients get the one that answers first.
 * One finding for each pair of files.
 */
export const recordInTwoIocs: SiteRule = function* (iocs) {
  if (iocs.length < 2) return
  const pairs = new Map<string, Clash[]>()
  const first = new Map<string, Owner>()
  const ids = sourceIds()
  for (const ioc of iocs) {
    for (const [name, place] of namesOf(ioc)) {
      const owner = first.get(name)
      if (!owner) first.set(name, { ioc, place })
      else if (owner.ioc !== ioc) {
        const key = `${owner.ioc.name}\0${ids(owner.place)}\0${ioc.name}\0${ids(place)}`
        const clashes = pairs.get(key)
        const clash = { name, owner, other: { ioc, place } }
        if (clashes) clashes.push(clash)
        else pairs.set(key, [clash])
      }
    }
  }
  for (const clashes of pairs.values()) yield* report(clashes)
}

interface Owner {
  readonly ioc: CheckedIoc
  readonly place: Place
}

interface Clash {
  readonly name: string
  readonly owner: Owner
  readonly other: Owner
}

function* namesOf({ database }: CheckedIoc): Generator<[string, Place]> {
  yield* database.records
  yield* database.aliases
}

/** Numbers of files, for keys: two files may be shown with the same name. */
function sourceIds(): (place: Place) => number {
  const ids = new Map<Source, number>()
  return ({ in: { source } }) => {
    const id = ids.get(source) ?? ids.size
    ids.set(source, id)
    return id
  }
}

function* report(clashes: readonly Clash[]): Generator<Diagnostic> {
  const [first] = clashes
  if (!first) return
  const names = clashes.slice(0, 3).map(({ name }) => `"${name}"`)
  const more = clashes.length > 3 ? ` and ${clashes.length - 3} more` : ''
  const subject = clashes.length === 1 ? `${names[0]} is` : `${names.join(', ')}${more} are`
  const { owner, other } = first
  yield diagnostic(
    'RECORD_IN_TWO_IOCS',
    `${subject} in ${owner.ioc.name} and in ${other.ioc.name}`,
    {
      at: placeSpan(other.place),
      notes: [{ message: `in ${owner.ioc.name} here`, at: placeSpan(owner.place) }],
      hint: 'clients get the one that answers first: give each IOC names of its own',
    },
  )
}
