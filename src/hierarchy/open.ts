import type { Diagnostic } from '../text/diagnostic.ts'
import { baseName } from '../text/paths.ts'
import type { Source } from '../text/source.ts'
import { checkPorts } from './check-ports.ts'
import { createEvaluator, type Evaluator } from './evaluate.ts'
import type { TemplateFiles } from './files.ts'
import { type Instance, topInstance } from './instance.ts'
import { loadTemplates } from './load.ts'
import { checkSize } from './order.ts'
import type { SearchRoots } from './search.ts'
import type { OpenedFile, TemplateOptions } from './template.ts'

/** A hierarchical database and how its values are put in. */
export interface HierarchyRequest {
  /** The text, and the absolute path that its folder is taken of. */
  readonly top: OpenedFile & { readonly path: string }
  readonly files: TemplateFiles
  readonly roots: SearchRoots
  /** Of the top file; all others stay as they are. */
  readonly macros: ReadonlyMap<string, string>
  readonly options: HierarchyOptions
}

export interface HierarchyOptions extends TemplateOptions {
  /** Macros that an expand does not name are those of the instance one level up, and so on. */
  readonly globalMacros?: boolean | undefined
  /** Records and instances that there may be; 10 million if nothing is said. */
  readonly limit?: number | undefined
}

/** A hierarchy, read and found to have an end. */
export interface OpenHierarchy {
  readonly top: Instance
  readonly evaluator: Evaluator
}

/**
 * Reads all templates of a hierarchy.
 *
 * @param diagnostics - gets what is wrong, also what is found later when values are asked for
 * @returns `hierarchy`: undefined if it has no end, or is too large
 */
export function openHierarchy(
  request: HierarchyRequest,
  diagnostics: Diagnostic[],
): { readonly hierarchy: OpenHierarchy | undefined; readonly sources: readonly Source[] } {
  const { top, macros, options } = request
  const { templates, sources } = loadTemplates({ ...request, diagnostics })
  const [template] = templates
  const unending = template ? checkSize(template, options.limit) : []
  diagnostics.push(...checkPorts(templates), ...unending)
  if (!template || unending.length > 0) return { hierarchy: undefined, sources }
  const evaluator = createEvaluator({ ...options, diagnostics })
  const prefix = `${baseName(top.path).replace(/(.)\.[^.]*$/, '$1')}:`
  return { hierarchy: { top: topInstance(template, { macros, prefix }), evaluator }, sources }
}
