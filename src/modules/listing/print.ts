import { alignedLines } from '../../text/table.ts'
import type { OverviewRow } from './overview.ts'
import type { ListedPlace, VersionList } from './versions.ts'

/** A line of titles, then a line a module. */
export function overviewLines(rows: readonly OverviewRow[]): string[] {
  return alignedLines([
    ['module', 'newest', 'versions', 'root'],
    ...rows.map(({ module, newest = '-', versions, roots }) => [
      ...[module, newest, String(versions)],
      roots.join(' '),
    ]),
  ])
}

/** A line a place of a version, `*` before the one that is taken without a version. */
export function versionLines({ module, places }: VersionList, architecture: string): string[] {
  return alignedLines([
    [' ', module, 'built for', 'root', ''],
    ...places.map((listed) => [
      listed.isTaken ? '*' : ' ',
      listed.place.version.text,
      listed.architectures.join(' ') || '-',
      listed.place.root.directory,
      remarkOf(listed, architecture),
    ]),
  ])
}

/** An object a line; the keys are documented in docs/reference/formats.md. */
export function overviewJson(rows: readonly OverviewRow[]): string[] {
  return rows.map((row) => JSON.stringify(row))
}

/** An object a line for each place. */
export function versionJson({ places }: VersionList): string[] {
  return places.map(({ place, state, architectures, isTaken, hiddenBy }) =>
    JSON.stringify({
      ...{ module: place.module, version: place.version.text, kind: place.version.kind },
      ...{ directory: place.directory, root: place.root.directory, origin: place.root.origin },
      ...{ architectures, state: state.kind, taken: isTaken },
      ...('target' in state && { target: state.target }),
      ...(hiddenBy && { hiddenBy: hiddenBy.directory }),
    }),
  )
}

function remarkOf(
  { place, state, hiddenBy }: Pick<ListedPlace, 'place' | 'state' | 'hiddenBy'>,
  architecture: string,
): string {
  switch (state.kind) {
    case 'alias':
      return `another name of ${state.target}`
    case 'wrong link':
      return `a link to ${state.target}: is not taken`
    case 'broken link':
      return 'a broken link'
    case 'not built':
      return `not for ${architecture}`
    case 'unreadable':
      return `cannot be read: ${state.problem}`
    case 'usable':
      if (hiddenBy) return `${hiddenBy.directory} comes first`
      return place.version.kind === 'test' ? 'test version' : ''
  }
}
