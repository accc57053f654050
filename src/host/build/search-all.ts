import type { BuildStep } from '../../build/build-graph.ts'
import { missingHeader, readCompilerOutput } from '../../build/compiler-output.ts'
import type { ModuleRequest } from '../../modules/module-request.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { anyVersion } from '../../version/request.ts'
import type { FindingPlace } from './compile-findings.ts'

interface Search extends FindingPlace {
  readonly searchAll: boolean
  readonly diagnostics: Diagnostic[]
}

/**
 * The modules that have headers which failed steps did not find, for builds that search all modules
 * as driver.makefile does. Nothing if a step failed for another reason.
 *
 * Warning: `HEADER_SEARCHED` for each module.
 */
export function searchedModules(failed: readonly BuildStep[], search: Search): ModuleRequest[] {
  if (!search.searchAll) return []
  const found = new Map<string, ModuleRequest>()
  for (const step of failed) {
    const error = readCompilerOutput(search.logs.of(step)).find(({ kind }) => kind === 'error')
    const header = error && missingHeader(error)
    const owner = header === undefined ? undefined : search.ownerOf(header)
    if (!owner) return []
    if (!found.has(owner.module)) {
      found.set(owner.module, { module: owner.module, version: anyVersion })
      const message = `${step.subject} includes ${header} of ${owner.module}, which is not required`
      const hint = search.declare(owner.module)
      search.diagnostics.push(diagnostic('HEADER_SEARCHED', message, { hint }))
    }
  }
  return [...found.values()]
}
