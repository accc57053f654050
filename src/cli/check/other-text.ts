import { msiTemplate } from '../../check/load/msi-template.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { spanOf } from '../../text/span.ts'

/**
 * Says that a file is no database but a template of another program: msi, or any other, as
 * `.template` is a name for all sorts of text. Nothing else is to be said about such a file.
 */
export function otherText(source: Source): Diagnostic | undefined {
  const forMsi = msiTemplate(source)
  if (forMsi || !source.name.endsWith('.template')) return forMsi
  const { text } = source
  const jinja = /\{%-?[ \t]{0,9}[a-z][^\n]{0,200}%\}|\{\{-?[\w.|"' ]{1,200}-?\}\}/.exec(text)
  if (!jinja && (!content.test(text) || statement.test(text))) return undefined
  const why = jinja ? `has ${jinja[0]} in it` : 'has no statement of one'
  const start = jinja?.index ?? 0
  const at = spanOf(source, start, start + (jinja?.[0].length ?? 1))
  return diagnostic('TEMPLATE_OTHER', `${source.name} is no database: it ${why}`, {
    at,
    hint: 'check what is made of it',
  })
}

/** dbYacc.y, msi: what stands in every database, template or dbd file. */
const statement =
  /\b(?:g?record|alias|info|field|template|expand|port|path|addpath|menu|recordtype|device|driver|link|registrar|function|variable|breaktable)\s*\(|^[ \t]*(?:include|substitute|path|addpath)[ \t"]/m

const content = /^[ \t]*[^\s#]/m
