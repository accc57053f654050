import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { spanOf } from '../text/span.ts'
import { parseDependencies } from './dependency-file.ts'
import type { Dependency } from './module-request.ts'
import type { Site } from './site.ts'

/** What is known about the dependencies of a version. */
export interface DependencyReading {
  readonly depFile?: string
  readonly dependencies: readonly Dependency[]
  /** Wrong lines, or that the file is missing or cannot be read. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads `lib/<arch>/<module>.dep`. Without the file the module has no dependencies, as in
 * require.c; the warning is for those who see an undefined symbol later.
 */
export function readDependencies(
  { reader }: Site,
  { module, archDirectory }: { readonly module: string; readonly archDirectory: string },
): DependencyReading {
  const depFile = `${archDirectory}/${module}.dep`
  const file = reader.readText(depFile)
  if (!file) {
    const version = archDirectory.replace(/\/lib\/[^/]+$/, '')
    const metas = [version, archDirectory].map((place) => `${place}/${module}_meta.yaml`)
    return { dependencies: [], diagnostics: [missing(module, depFile, metas.some(reader.isFile))] }
  }
  const source = { name: depFile, text: file.text }
  if (file.problem !== undefined) {
    const message = `${depFile} cannot be read: ${file.problem}`
    const unreadable = diagnostic('DEP_FILE_UNREADABLE', message, {
      at: spanOf(source),
      hint:
        file.problem === 'permission denied'
          ? `chmod a+r ${depFile}`
          : 'put a text file there: a module and its version a line',
    })
    return { depFile, dependencies: [], diagnostics: [unreadable] }
  }
  const { value, diagnostics } = parseDependencies(source)
  return { depFile, dependencies: value, diagnostics }
}

/** @param isDescribed its build has left a description, which tells what it needs */
function missing(module: string, depFile: string, isDescribed: boolean): Diagnostic {
  const empty = `if ${module} needs no other module, make an empty one: touch ${depFile}`
  const told =
    'e3 tree verify --repair makes it from what its build has told; else write it: a module and its version a line'
  return diagnostic('DEP_FILE_MISSING', `${module} has no dependency file ${depFile}`, {
    hint: isDescribed ? told : empty,
  })
}
