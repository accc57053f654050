import { type Span, startOf } from '../text/span.ts'
import type { ModuleRequest } from './module-request.ts'

/**
 * Where requests are written, each place once: ` in st.cmd:4 and sub.cmd:1`; labels such as
 * `<command line>` are without brackets and line.
 */
export function requestPlaces(requests: readonly ModuleRequest[]): {
  readonly count: number
  readonly text: string
} {
  const places = requests.flatMap(({ at }) => at ?? [])
  const isLabel = ({ source }: Span) => source.name.startsWith('<')
  const labels = places.filter(isLabel).map(({ source }) => source.name.slice(1, -1))
  const lines = places
    .filter((place) => !isLabel(place))
    .map((place) => `${place.source.name}:${startOf(place).line}`)
  const [onLabels, inLines] = [[...new Set(labels)], [...new Set(lines)]]
  const parts = [
    ...onLabels.map((label) => `on the ${label}`),
    ...(inLines.length > 0 ? [`in ${listed(inLines)}`] : []),
  ]
  return {
    count: Math.max(1, onLabels.length + inLines.length),
    text: parts.length > 0 ? ` ${parts.join(' and ')}` : '',
  }
}

/** More places are not listed. */
const mostPlaces = 4

function listed(places: readonly string[]): string {
  const shown = places.length > mostPlaces ? places.slice(0, mostPlaces - 1) : places
  const more = places.length - shown.length
  const parts = more > 0 ? [...shown, `${more} more places`] : shown
  return [parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ')
}
