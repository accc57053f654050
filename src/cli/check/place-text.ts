import { formatPlace, originsOf, type Span } from '../../text/span.ts'

/** `a.template:1:1 < st.cmd:7:1`. */
export function placeText(at: Span): string {
  return [at, ...[...originsOf(at)].map((link) => link.at)]
    .filter(({ source }) => source.name !== '<command line>')
    .map(formatPlace)
    .join(' < ')
}
