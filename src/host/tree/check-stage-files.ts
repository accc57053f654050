import { basename } from 'node:path'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { errnoOf, reasonOf } from '../errors.ts'
import { changesSince } from './changed-files.ts'
import { metasOf } from './verify-files.ts'

/**
 * Compares a stage with what its build says of it, file by file. Descriptions of other tools, without
 * hashes, say nothing.
 *
 * Errors: `STAGE_DAMAGED`, `META_INVALID`.
 */
export function checkStageFiles(staged: StagedModule): readonly Diagnostic[] {
  try {
    const { value: metas, diagnostics } = metasOf(staged)
    if (diagnostics.length > 0) return diagnostics
    if (metas.length === 0) return [stageDamaged(staged, [`${staged.module}_meta.yaml is missing`])]
    const { wrong, added } = changesSince(metas, staged)
    const all = [...wrong, ...added.map((path) => `${path} was added`)]
    return all.length > 0 ? [stageDamaged(staged, all)] : []
  } catch (error) {
    return [stageUnreadable(staged, error)]
  }
}

/** `STAGE_DAMAGED`: something in it has gone, or cannot be read. Anything but a system error is a bug. */
export function stageUnreadable(staged: StagedModule, error: unknown): Diagnostic {
  if (errnoOf(error) === '') throw error
  const path = error instanceof Error && 'path' in error ? String(error.path) : staged.directory
  return stageDamaged(staged, [`${path}: ${reasonOf(error)}`])
}

const shown = 20

/** `STAGE_DAMAGED`. */
export function stageDamaged(
  { module, version, directory }: StagedModule,
  reasons: readonly string[],
): Diagnostic {
  const more = reasons.length > shown ? [`and ${reasons.length - shown} more`] : []
  const notes = [...reasons.slice(0, shown), ...more, `in ${directory}`]
  const message = `${module} ${version.text} is not as it was built, nothing is installed`
  return diagnostic('STAGE_DAMAGED', message, {
    notes: notes.map((text) => ({ message: text })),
    hint:
      basename(directory) === 'stage'
        ? `make it anew: rm -r ${directory}; e3 build`
        : 'build it again, or copy it again',
  })
}
