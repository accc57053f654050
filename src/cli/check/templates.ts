import type { CheckedIoc } from '../../check/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import { lineText, type Source } from '../../text/source.ts'
import { type Span, startOf } from '../../text/span.ts'
import type { CheckTarget } from './targets.ts'

/**
 * The findings on a template that is looked at alone: its macros have no values, so what is said
 * about lines with such macros is left out. One remark names them.
 */
export function templateFindings(
  found: readonly Diagnostic[],
  { loads }: CheckedIoc,
  target: CheckTarget,
): Diagnostic[] {
  const texts = loads.flatMap(({ text, includes }) => [text, ...(includes ?? [])])
  const missing = new Map<Source, Set<string>>()
  for (const { source, macros } of texts) {
    const known = missing.get(source)
    if (!known) missing.set(source, new Set(macros.undefined))
    else for (const name of macros.undefined) known.add(name)
  }
  const names = [...new Set([...missing.values()].flatMap((one) => [...one]))].sort()
  if (names.length === 0) return [...found]
  const kept = found.filter(({ at }) => !at || !isUnknown(at, missing.get(at.source)))
  return [...kept, missingMacros(names, target)]
}

function isUnknown(at: Span, names: ReadonlySet<string> | undefined): boolean {
  if (!names || names.size === 0) return false
  const line = lineText(at.source, startOf(at).line)
  for (const [, name = ''] of line.matchAll(/\$[({]([^${}()=,]*)/g)) {
    // An empty name is itself made of macros: `$($(N))`.
    if (name === '' || names.has(name)) return true
  }
  return false
}

const shownNames = 8

function missingMacros(names: readonly string[], { name }: CheckTarget): Diagnostic {
  const shown = names.slice(0, shownNames)
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : ''
  const what = names.length === 1 ? 'macro' : 'macros'
  const message = `${name} is loaded with the ${what} ${shown.join(', ')}${more}: lines with them are not checked`
  const values = shown.map((one) => quoteShellWord(`${one}=`)).join(' ')
  return diagnostic('TEMPLATE_MACROS', message, {
    hint: `give them values: e3 check ${quoteShellWord(name)} ${values}`,
  })
}
