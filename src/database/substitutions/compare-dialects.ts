import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { spanOf } from '../../text/span.ts'
import { listText, placedDefinitions } from './definition-text.ts'
import type { Row, Substitutions } from './types.ts'

/**
 * What two programs make of one file: the rows of the one that makes fewer mistakes of it, the first
 * one if they are equal, and where the other one differs.
 */
export function compareDialects(first: Substitutions, second: Substitutions): Substitutions {
  const [better, worse] =
    mistakes(second).length < mistakes(first).length ? [second, first] : [first, second]
  const difference = differenceOf(better, worse)
  if (!difference) return better
  return { ...better, diagnostics: [...better.diagnostics, difference] }
}

function mistakes({ diagnostics }: Substitutions): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error')
}

function differenceOf(better: Substitutions, worse: Substitutions): Diagnostic | undefined {
  const [mistake, ...others] = mistakes(worse)
  if (mistakes(better).length > 0) return undefined
  if (!mistake) return otherMeaning(better, worse)
  const isOpen = better.openBlock !== undefined && others.length === 0
  return isOpen ? openBlock(better) : oneTool(worse, mistake, others.length)
}

/** What msi is silent about: a block without an end; nothing if there is none. */
export function openBlock({ openBlock: open, source }: Substitutions): Diagnostic | undefined {
  if (!open) return undefined
  const message = `the block of ${open.name} has no } at its end: msi takes that, dbLoadTemplate does not`
  return diagnostic('SUBSTITUTION_DIALECT', message, {
    ...{ at: spanOf(source, open.start, open.end) },
    hint: 'close the block with }',
  })
}

function oneTool(
  { dialect }: Substitutions,
  { message, at, hint }: Diagnostic,
  others: number,
): Diagnostic {
  const more = others > 0 ? [{ message: `${others} more such places` }] : []
  return diagnostic('SUBSTITUTION_ONE_TOOL', `${dialect} cannot read this: ${message}`, {
    ...{ at, hint, notes: more },
  })
}

/** Both read the file, but not the same: nobody tells, so this is worse than a mistake. */
function otherMeaning(better: Substitutions, worse: Substitutions): Diagnostic | undefined {
  const { source, rows } = better
  const differing = rows.filter((row, index) => !isSame(row, worse.rows[index], better))
  const [row] = differing
  if (!row) return undefined
  const other = worse.rows[rows.indexOf(row)]
  const notes = [
    { message: `for ${better.dialect}: ${meaning(row, source.text)}` },
    { message: `for ${worse.dialect}: ${other ? meaning(other, source.text) : 'no set'}` },
    ...(differing.length > 1 ? [{ message: `${differing.length - 1} more sets differ` }] : []),
  ]
  const message = `${better.dialect} and ${worse.dialect} read this set differently`
  const hint =
    'a comma between all definitions, values in double quotes, comments on their own lines'
  const at = spanOf(source, row.start, row.end)
  return diagnostic('SUBSTITUTION_DIALECT', message, { at, notes, hint })
}

function isSame(row: Row, other: Row | undefined, { source }: Substitutions): boolean {
  if (!other) return false
  if (row.template?.start !== other.template?.start) return false
  if (isEqual(row.parts, other.parts)) return true
  if (listText(row, source.text) === listText(other, source.text)) return true
  return meaning(row, source.text) === meaning(other, source.text)
}

function isEqual(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((part, index) => part === right[index])
}

/** The definitions as msi and the IOC use them: without quotes and escapes, each name once. */
function meaning(row: Row, source: string): string {
  const values = new Map<string, string | undefined>()
  for (const { name, raw } of placedDefinitions(row, source)) values.set(name, raw)
  return Array.from(values, ([name, raw]) => `${name}=${raw === undefined ? '(none)' : plain(raw)}`)
    .sort()
    .join(', ')
}

/** Without the quotes and escapes that macLib removes from values; references stay as they are. */
function plain(raw: string): string {
  let quoted = ''
  let result = ''
  for (let at = 0; at < raw.length; at++) {
    const character = raw.charAt(at)
    if (quoted === '' ? character === '"' || character === "'" : character === quoted) {
      quoted = quoted === '' ? character : ''
    } else {
      if (character === '\\' && at + 1 < raw.length) at += 1
      result += raw.charAt(at)
    }
  }
  return result
}
