import type { CheckedIoc } from '../../check/types.ts'
import type { LoadedText } from '../../database/records/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import type { Source } from '../../text/source.ts'
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
  const open: OpenMacros = { lines: new Map(), names: new Set() }
  const undefinedNames = new Set<string>()
  for (const { text, includes = [] } of loads) {
    for (const one of [text, ...includes]) {
      addOpen(open, one)
      for (const name of one.macros.undefined) if (name !== '') undefinedNames.add(name)
    }
  }
  const names = undefinedNames.size > 0 ? undefinedNames : open.names
  if (names.size === 0) return [...found]
  const kept = found.filter(({ at }) => !at || !isOpen(at, open))
  const isEscaped = undefinedNames.size === 0
  return [...kept, missingMacros([...names].sort(), { target, isEscaped })]
}

/** The same for a request file of autosave: without macros nothing in it is expanded. */
export function requestFindings(
  found: readonly Diagnostic[],
  source: Source,
  target: CheckTarget,
): Diagnostic[] {
  const isOwn = ({ code, at }: Diagnostic) => code === 'MACRO_UNDEFINED' && at?.source === source
  const names = found.filter(isOwn).flatMap(({ at }) => {
    const written = at && source.text.slice(at.start, at.end)
    return /^\$[({]([^=,(){}]+)/.exec(written ?? '')?.[1] ?? []
  })
  const kept = found.filter((item) => !isOwn(item))
  if (names.length === 0) return kept
  return [...kept, missingMacros([...new Set(names)].sort(), { target, isEscaped: false })]
}

/** What is still to be expanded once a file is loaded. */
interface OpenMacros {
  readonly lines: Map<Source, Set<number>>
  readonly names: Set<string>
}

/**
 * Notes the lines that still hold references: undefined ones, and those behind a backslash, in the
 * template or in a value, which wait for a second step (msi writes the file that the IOC loads).
 */
function addOpen({ lines, names }: OpenMacros, text: LoadedText): void {
  for (const { index, 1: name = '' } of text.text.matchAll(/\$[({]([^${}()=,]*)/g)) {
    const at = text.spanOf(index, index + 1)
    const known = lines.get(at.source) ?? new Set<number>()
    lines.set(at.source, known.add(startOf(at).line))
    if (name !== '') names.add(name)
  }
}

function isOpen(at: Span, { lines }: OpenMacros): boolean {
  const known = lines.get(at.source)
  return known !== undefined && known.size > 0 && known.has(startOf(at).line)
}

const shownNames = 8

interface Missing {
  readonly target: CheckTarget
  /** All of them stand behind a backslash: values do not reach them. */
  readonly isEscaped: boolean
}

function missingMacros(
  names: readonly string[],
  { target: { name }, isEscaped }: Missing,
): Diagnostic {
  const shown = names.slice(0, shownNames)
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : ''
  const what = names.length === 1 ? 'macro' : 'macros'
  const message = `${name} is loaded with the ${what} ${shown.join(', ')}${more}: lines with them are not checked`
  const values = shown.map((one) => quoteShellWord(`${one}=`)).join(' ')
  return diagnostic('TEMPLATE_MACROS', message, {
    hint: isEscaped
      ? 'behind a backslash they are left for a second step: check the file that msi makes of this one'
      : `give them values: e3 check ${quoteShellWord(name)} ${values}`,
  })
}
