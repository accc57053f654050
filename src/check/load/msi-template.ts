import type { LoadedText, MacroTally } from '../../database/records/types.ts'
import { parseDefinitions } from '../../macro/definitions.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { type Origin, spanOf, withOrigin } from '../../text/span.ts'

/** msi: alone on a line; the IOC knows no such statement (hierarchy-and-macros.md 8). */
const substitution = /^[ \t]*substitute[ \t]+"((?:[^"\\\n]|\\.)*)"[ \t]*$/gm
const inclusion = /^[ \t]*include[ \t]+"([^"\n]+)"[ \t]*$/gm

/**
 * Says that a template is one for msi, which no IOC can load as it is.
 *
 * @param from - what loads it
 */
export function msiTemplate(source: Source, from?: Origin): Diagnostic | undefined {
  const [first] = source.text.matchAll(substitution)
  if (!first) return undefined
  const at = spanOf(source, first.index, first.index + first[0].length)
  const message = `${source.name} is a template for msi: it has substitute lines`
  return diagnostic('TEMPLATE_OTHER', message, {
    at: from ? withOrigin(at, from) : at,
    hint: 'check the database that msi makes of it',
  })
}

/** A template with those it includes, as msi reads them: what is loaded for a set of macros. */
export interface MsiTexts {
  readonly text: LoadedText
  readonly includes: readonly LoadedText[]
}

/** How files are read. */
export interface MsiFiles {
  /** With the macros of the set. */
  expand(source: Source): LoadedText
  open(name: string): Source | undefined
}

/** The texts of a template; macros that a `substitute` line gives are not missing in any of them. */
export function msiTexts(template: Source, { expand, open }: MsiFiles): MsiTexts {
  const sources = new Set([template])
  for (const { text } of sources) {
    for (const [, name = ''] of text.matchAll(inclusion)) {
      const included = open(name)
      if (included) sources.add(included)
    }
  }
  const given = new Set([...sources].flatMap(({ text }) => [...namesIn(text)]))
  const texts = [...sources].map((source) => withoutGiven(expand(source), given))
  const [text = expand(template), ...includes] = texts
  return { text, includes }
}

function* namesIn(text: string): Generator<string> {
  for (const [, list = ''] of text.matchAll(substitution)) {
    for (const { name } of parseDefinitions(list)) yield name
  }
}

function withoutGiven(text: LoadedText, given: ReadonlySet<string>): LoadedText {
  const without = (names: ReadonlySet<string>) =>
    new Set([...names].filter((name) => !given.has(name)))
  const { used, undefined: missing, defaulted } = text.macros
  const macros: MacroTally = { used, undefined: without(missing), defaulted: without(defaulted) }
  // Nothing else is said about what stands there.
  return { ...text, text: '', macros }
}
