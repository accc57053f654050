import { positionAt } from '../../text/source.ts'
import { formatPlace, originsOf, type Span } from '../../text/span.ts'
import type { LoadedRecord, Place } from '../records/types.ts'

/** One link of the chain of files that a record comes from. */
interface OriginLink {
  /** `defined here`, `added to here`, `loaded here` ... */
  readonly message: string
  readonly at: Span
}

/** Where a record was written and why that file was read, innermost first, then what adds to it. */
function originLinks(record: LoadedRecord): OriginLink[] {
  return [
    ...chain(record, 'defined here'),
    ...record.more.flatMap((place) => chain(place, 'added to here')),
  ]
}

function chain({ in: text, start, end }: Place, message: string): OriginLink[] {
  const at = text.spanOf(start, end)
  // That a file stands on the command line is no news.
  const links = [...originsOf(at)].filter((link) => link.at.source.name !== '<command line>')
  return [{ message, at }, ...links]
}

/** `a.template:3:1 < st.cmd:7:1`: the chain in a line; further statements behind a comma. */
export function originText(record: LoadedRecord): string {
  const parts = [record, ...record.more].map((place) =>
    chain(place, '')
      .map(({ at }) => formatPlace(at))
      .join(' < '),
  )
  return parts.join(', ')
}

/** The chain as JSON, with the keys of messages. */
export function originJson(record: LoadedRecord) {
  return originLinks(record).map(({ message, at }) => ({
    ...{ message, file: at.source.name, ...positionAt(at.source, at.start) },
  }))
}
