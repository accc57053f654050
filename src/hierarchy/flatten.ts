import { type Diagnostic, hasErrors, type Result } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { type HierarchyOptions, type HierarchyRequest, openHierarchy } from './open.ts'
import { type FlatOrigins, flatOrigins } from './origins.ts'
import { type MarkerOptions, writeFlat } from './write.ts'

export interface FlattenRequest extends HierarchyRequest {
  readonly options: FlattenOptions
}

export interface FlattenOptions extends HierarchyOptions, MarkerOptions {
  /** It shall be known where each part of the result was written. */
  readonly origins?: boolean | undefined
}

export interface FlatDatabase {
  /** The text in pieces; none if there are errors. */
  readonly pieces: readonly string[]
  /** Files that it was made of, each once. */
  readonly sources: readonly Source[]
  /** If they were asked for, and there are no errors. */
  readonly origins?: FlatOrigins
}

/**
 * Makes a hierarchy flat, in two passes as ports may be used in front of the expand that defines
 * them: all templates are read first, then values are put in. Never throws; everything that is wrong
 * is found in one run.
 *
 * Errors: `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `INCLUDE_LOOP`, the `HIERARCHY_` codes, with
 * definitions `RECORD_TYPE_UNKNOWN` and `FIELD_UNKNOWN`.
 */
export function flatten(request: FlattenRequest): Result<FlatDatabase> {
  const { options } = request
  const diagnostics: Diagnostic[] = []
  const { hierarchy, sources } = openHierarchy(request, diagnostics)
  if (!hierarchy) return { value: { pieces: [], sources }, diagnostics }
  const { top, evaluator } = hierarchy
  const log = options.origins ? { starts: [], items: [], frames: [] } : undefined
  const pieces = writeFlat(top, evaluator, { ...options, log })
  if (hasErrors(diagnostics)) return { value: { pieces: [], sources }, diagnostics }
  const origins = log && { origins: flatOrigins(log, evaluator, options) }
  return { value: { pieces, sources, ...origins }, diagnostics }
}
