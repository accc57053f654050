import { linkModifiers, type PvLink } from '../../database/values/links.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { LinkRule } from './link-rule.ts'
import { placeSpan } from './place.ts'
import type { RecordLink } from './record-links.ts'

/**
 * Words behind the name of a PV that are no modifiers: the IOC ignores them (dbParseLink looks for
 * those it knows). Tabs are part of the name.
 */
export const linkWords: LinkRule = (one) => {
  const { link } = one
  if (link.kind !== 'pv') return undefined
  if (link.target.includes('\t')) return reportTab(one)
  return link.modifiers === '' || isKnown(link.modifiers) ? undefined : reportWords(one, link)
}

function isKnown(modifiers: string): boolean {
  if (good.has(modifiers)) return true
  if (!wordsOf(modifiers).every((one) => linkModifiers.has(one))) return false
  if (good.size < 1000) good.add(modifiers)
  return true
}

/** Combinations seen before: there are few, in millions of links. */
const good = new Set<string>(linkModifiers)

function reportWords({ record, field }: RecordLink, link: PvLink): Diagnostic {
  const unknown = wordsOf(link.modifiers).filter((one) => !linkModifiers.has(one))
  const [first = ''] = unknown
  const known = [...linkModifiers].join(', ')
  return diagnostic(
    'LINK_MODIFIER',
    `"${first}" in ${field.name} of "${record.name}" is no modifier of a link: the IOC ignores it`,
    { at: placeSpan(field), hint: didYouMean(first, linkModifiers) ?? `modifiers: ${known}` },
  )
}

function reportTab({ record, field }: RecordLink): Diagnostic {
  return diagnostic(
    'LINK_MODIFIER',
    `the tab in ${field.name} of "${record.name}" becomes part of the name of the PV`,
    { at: placeSpan(field), hint: 'use a blank in its place' },
  )
}

function wordsOf(modifiers: string): readonly string[] {
  return modifiers.split(' ').filter((one) => one !== '')
}
