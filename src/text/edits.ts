import type { Diagnostic, TextEdit } from './diagnostic.ts'
import type { Source } from './source.ts'

/** A text with what its diagnostics would put right. */
export interface EditedText {
  readonly source: Source
  readonly text: string
  /** What was done to the text of the source. */
  readonly edits: readonly TextEdit[]
  /** Diagnostics whose edits are in the text. */
  readonly applied: number
  /** Those whose edits overlap others: they are for the next time. */
  readonly skipped: number
}

/**
 * Applies the fixes of all diagnostics. The edits of one are made all or none; where they overlap
 * those of an earlier diagnostic, none. The same edit asked for twice is one.
 */
export function applyFixes(diagnostics: readonly Diagnostic[]): EditedText[] {
  const files = new Map<Source, FileEdits>()
  for (const { fixes } of diagnostics) {
    if (!fixes) continue
    const edits = fixes.map((edit) => ({ edit, file: editsOf(files, edit.at.source) }))
    const sources = new Set(edits.map(({ file }) => file))
    const isFree = edits.every(({ edit, file }) => file.accepts(edit))
    if (isFree) for (const { edit, file } of edits) file.add(edit)
    for (const file of sources) file.count(isFree)
  }
  return [...files].map(([source, file]) => ({ source, ...file.result() }))
}

interface FileEdits {
  accepts(edit: TextEdit): boolean
  add(edit: TextEdit): void
  count(isApplied: boolean): void
  result(): Omit<EditedText, 'source'>
}

function editsOf(files: Map<Source, FileEdits>, source: Source): FileEdits {
  const known = files.get(source)
  if (known) return known
  const made = fileEdits(source)
  files.set(source, made)
  return made
}

/** Edits by the place where they begin, and every offset that one of them replaces. */
function fileEdits({ text }: Source): FileEdits {
  const edits: TextEdit[] = []
  const byStart = new Map<number, TextEdit>()
  const taken = new Set<number>()
  let [applied, skipped] = [0, 0]
  return {
    accepts({ at: { start, end }, replacement }) {
      const same = byStart.get(start)
      if (same) return same.at.end === end && same.replacement === replacement
      for (let offset = start; offset < end; offset++) if (taken.has(offset)) return false
      return !taken.has(start)
    },
    add(edit) {
      const { start, end } = edit.at
      if (byStart.has(start)) return
      byStart.set(start, edit)
      for (let offset = start; offset < end; offset++) taken.add(offset)
      edits.push(edit)
    },
    count(isApplied) {
      if (isApplied) applied++
      else skipped++
    },
    result: () => ({ text: withEdits(text, edits), edits, applied, skipped }),
  }
}

/**
 * A text after edits that do not overlap.
 *
 * @param from - where the text begins in the source of the edits
 */
export function withEdits(text: string, edits: readonly TextEdit[], from = 0): string {
  const parts: string[] = []
  let end = 0
  for (const { at, replacement } of edits.toSorted((a, b) => a.at.start - b.at.start)) {
    parts.push(text.slice(end, at.start - from), replacement)
    end = at.end - from
  }
  return parts.join('') + text.slice(end)
}
