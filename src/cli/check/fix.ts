import { resolve } from 'node:path'
import { writeFixed } from '../../host/write-fixed.ts'
import { counted } from '../../text/count.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { applyFixes, type EditedText } from '../../text/edits.ts'
import { inFileOrder } from '../../text/order.ts'
import { unifiedPatch } from '../../text/patch.ts'
import type { CheckReport } from './check-run.ts'
import type { Overlay } from './standard-input.ts'

/** What was shown or changed. */
export interface FixResult {
  /** The changes as a unified diff, which `patch -p0` understands. */
  readonly pieces: Iterable<string>
  readonly summary: string
  /** Why files could not be changed. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Collects the fixes of all findings, and writes them if `isWritten`. */
export function fixFiles(
  { diagnostics, sources }: Pick<CheckReport, 'diagnostics' | 'sources'>,
  { cwd, isWritten, overlay }: FixOptions,
): FixResult {
  const own = new Set(
    [...sources.values()].flatMap(({ source, isForeign }) => (isForeign ? [] : [source])),
  )
  const edited = applyFixes(inFileOrder(diagnostics)).filter(
    ({ source, applied }) => applied > 0 && own.has(source),
  )
  const failures: Diagnostic[] = []
  let files = 0
  let fixes = 0
  for (const { source, text, applied } of edited) {
    const path = resolve(cwd, source.name)
    const failure = isWritten ? write(path, { source, text, overlay }) : undefined
    if (failure) failures.push(failure)
    else {
      files++
      fixes += applied
    }
  }
  const done = `${counted(fixes, 'fix', 'fixes')} in ${counted(files, 'file')}`
  const hint = isWritten || files === 0 ? '' : '; to change them: e3 check --fix --write'
  return {
    pieces: isWritten ? [] : edited.map(unifiedPatch),
    summary: `${isWritten ? 'changed: ' : ''}${done}${hint}`,
    diagnostics: failures,
  }
}

export interface FixOptions {
  /** Where names of files start. */
  readonly cwd: string
  readonly isWritten: boolean
  /** Texts that have no file. */
  readonly overlay: Overlay
}

function write(
  path: string,
  { source, text, overlay }: Pick<EditedText, 'source' | 'text'> & Pick<FixOptions, 'overlay'>,
): Diagnostic | undefined {
  if (!overlay.has(path)) return writeFixed(path, source, text)
  return diagnostic('FIX_FAILED', `${source.name} is not changed: it is standard input`, {
    hint: 'name the file',
  })
}
