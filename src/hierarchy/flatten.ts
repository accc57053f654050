import { type Diagnostic, hasErrors, type Result } from '../text/diagnostic.ts'
import { baseName } from '../text/paths.ts'
import type { Source } from '../text/source.ts'
import { checkPorts } from './check-ports.ts'
import { createEvaluator } from './evaluate.ts'
import type { TemplateFiles } from './files.ts'
import { topInstance } from './instance.ts'
import { loadTemplates } from './load.ts'
import { checkSize } from './order.ts'
import { type FlatOrigins, flatOrigins } from './origins.ts'
import type { SearchRoots } from './search.ts'
import type { OpenedFile, TemplateOptions } from './template.ts'
import { type MarkerOptions, writeFlat } from './write.ts'

/** A hierarchical database and how it is made flat. */
export interface FlattenRequest {
  /** The text, and the absolute path that its folder is taken of. */
  readonly top: OpenedFile & { readonly path: string }
  readonly files: TemplateFiles
  readonly roots: SearchRoots
  /** Of the top file; all others stay as they are. */
  readonly macros: ReadonlyMap<string, string>
  readonly options: FlattenOptions
}

export interface FlattenOptions extends TemplateOptions, MarkerOptions {
  /** Macros that an expand does not name are those of the instance one level up, and so on. */
  readonly globalMacros?: boolean | undefined
  /** Records and instances that there may be; 10 million if nothing is said. */
  readonly limit?: number | undefined
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
  const { top, macros, options } = request
  const diagnostics: Diagnostic[] = []
  const { templates, sources } = loadTemplates({ ...request, diagnostics })
  const [template] = templates
  const unending = template ? checkSize(template, options.limit) : []
  diagnostics.push(...checkPorts(templates), ...unending)
  if (!template || unending.length > 0) return { value: { pieces: [], sources }, diagnostics }
  const evaluator = createEvaluator({ ...options, diagnostics })
  const prefix = `${baseName(top.path).replace(/(.)\.[^.]*$/, '$1')}:`
  const log = options.origins ? { starts: [], items: [], frames: [] } : undefined
  const instance = topInstance(template, { macros, prefix })
  const pieces = writeFlat(instance, evaluator, { ...options, log })
  if (hasErrors(diagnostics)) return { value: { pieces: [], sources }, diagnostics }
  const origins = log && { origins: flatOrigins(log, evaluator, options) }
  return { value: { pieces, sources, ...origins }, diagnostics }
}
