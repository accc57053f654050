import type { BuildStep } from '../../build/build-graph.ts'
import { missingHeader, readCompilerOutput } from '../../build/compiler-output.ts'
import type { ModuleRequest } from '../../modules/module-request.ts'
import { anyVersion } from '../../version/request.ts'
import type { FindingPlace } from './compile-findings.ts'

/**
 * The modules that have headers which failed steps did not find, for builds that search all modules
 * as driver.makefile does. Nothing if a step failed for another reason.
 */
export function searchedModules(
  failed: readonly BuildStep[],
  { logs, ownerOf }: Pick<FindingPlace, 'logs' | 'ownerOf'>,
): ModuleRequest[] {
  const found = new Map<string, ModuleRequest>()
  for (const step of failed) {
    const error = readCompilerOutput(logs.of(step)).find(({ kind }) => kind === 'error')
    const header = error && missingHeader(error)
    const owner = header === undefined ? undefined : ownerOf(header)
    if (!owner) return []
    found.set(owner.module, { module: owner.module, version: anyVersion })
  }
  return [...found.values()]
}
