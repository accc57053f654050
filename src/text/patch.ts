import type { TextEdit } from './diagnostic.ts'
import { type EditedText, withEdits } from './edits.ts'
import { positionAt, type Source } from './source.ts'

/**
 * The changes of a text as a unified diff, which `patch -p0` understands. It is made from the edits,
 * not found by comparing: it takes no longer the more lines change.
 */
export function unifiedPatch({ source, edits }: Pick<EditedText, 'source' | 'edits'>): string {
  const old = linesOf(source.text)
  const hunks = hunksOf(changesOf(source, old, edits))
  let shift = 0
  const name = nameInHead(source.name)
  const parts = [`--- ${name}\n+++ ${name}\n`]
  for (const hunk of hunks) {
    parts.push(hunkText(hunk, old, shift))
    for (const { removed, added } of hunk) shift += added.length - removed.length
  }
  return parts.join('')
}

/** As GNU diff and git write it: quoted as in C, or with a tab behind a name with blanks. */
function nameInHead(name: string): string {
  if (!isUnusual.test(name)) return name.includes(' ') ? `${name}\t` : name
  const escaped = name.replace(
    /["\\\p{Cc}]/gu,
    (character) =>
      `\\${'"\\'.includes(character) ? character : character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return `"${escaped}"`
}

const isUnusual = /["\\\p{Cc}]/u

/** Lines of context around a change. */
const context = 3

/** Lines, with their ends, in place of others. */
interface Change {
  /** Number of the first line, from 0. */
  readonly first: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Edits of lines beside each other are one change. */
function* changesOf(
  source: Source,
  old: readonly string[],
  edits: readonly TextEdit[],
): Generator<Change> {
  let block: { first: number; last: number; start: number; edits: TextEdit[] } | undefined
  for (const edit of edits.toSorted((a, b) => a.at.start - b.at.start)) {
    const { line, column } = positionAt(source, edit.at.start)
    const last = positionAt(source, edit.at.end).line - 1
    if (block && line - 1 <= block.last + 1) {
      block.last = Math.max(block.last, last)
      block.edits.push(edit)
      continue
    }
    if (block) yield* changeOf(block)
    block = { first: line - 1, last, start: edit.at.start - column + 1, edits: [edit] }
  }
  if (block) yield* changeOf(block)

  function* changeOf({ first, last, start, ...of }: NonNullable<typeof block>): Generator<Change> {
    const removed = old.slice(first, last + 1)
    const added = linesOf(withEdits(removed.join(''), of.edits, start))
    yield* trimmed({ first, removed, added })
  }
}

/** Without the lines at both ends that stay as they are; nothing if all do. */
function trimmed({ first, removed, added }: Change): Change[] {
  const shorter = Math.min(removed.length, added.length)
  let head = 0
  while (head < shorter && removed[head] === added[head]) head++
  let tail = 0
  while (tail < shorter - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail++
  const part = (lines: readonly string[]) => lines.slice(head, lines.length - tail)
  const change = { first: first + head, removed: part(removed), added: part(added) }
  return change.removed.length + change.added.length > 0 ? [change] : []
}

/** Changes whose context would overlap stand in one hunk. */
function hunksOf(changes: Iterable<Change>): Change[][] {
  const hunks: Change[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const change of changes) {
    const hunk = hunks.at(-1)
    if (hunk && change.first - end <= 2 * context) hunk.push(change)
    else hunks.push([change])
    end = change.first + change.removed.length
  }
  return hunks
}

/** @param shift - how many lines the hunks before have added */
function hunkText(hunk: readonly Change[], old: readonly string[], shift: number): string {
  const start = Math.max(0, (hunk[0]?.first ?? 0) - context)
  const lines: string[] = []
  const counts = { old: 0, new: 0 }
  const put = (sign: ' ' | '-' | '+', texts: readonly string[]) => {
    for (const text of texts) {
      lines.push(sign, text, text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n')
    }
    if (sign !== '+') counts.old += texts.length
    if (sign !== '-') counts.new += texts.length
  }
  let at = start
  for (const { first, removed, added } of hunk) {
    put(' ', old.slice(at, first))
    put('-', removed)
    put('+', added)
    at = first + removed.length
  }
  put(' ', old.slice(at, at + context))
  const place = (line: number, count: number) => `${count === 0 ? line : line + 1},${count}`
  const head = `@@ -${place(start, counts.old)} +${place(start + shift, counts.new)} @@\n`
  return head + lines.join('')
}
