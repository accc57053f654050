import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { spanOf } from '../text/span.ts'
import { parseDependencies } from './dependency-file.ts'
import type { Dependency } from './module-request.ts'
import type { Site } from './site.ts'
import type { FileText, ModuleTreeReader } from './tree-reader.ts'

/** What is known about the dependencies of a version. */
export interface DependencyReading {
  readonly depFile?: string
  readonly dependencies: readonly Dependency[]
  /** Wrong lines, or that the file is missing or cannot be read. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Nobody depends on that many modules: it is another file, or a damaged one. */
const longest = 2 ** 20

/**
 * Reads `lib/<arch>/<module>.dep`. Without the file the module has no dependencies, as in
 * require.c; the warning is for those who see an undefined symbol later.
 */
export function readDependencies(
  { reader }: Site,
  { module, archDirectory }: { readonly module: string; readonly archDirectory: string },
): DependencyReading {
  const name = `${module}.dep`
  const depFile = `${archDirectory}/${name}`
  const file = reader.readText(depFile)
  const problem = file ? problemIn(file) : linkProblem(reader, archDirectory, name)
  if (problem !== undefined) {
    const hint = remedyFor(problem, { reader, archDirectory, depFile })
    return { depFile, dependencies: [], diagnostics: [unreadable(depFile, problem, hint)] }
  }
  if (!file) {
    const version = archDirectory.replace(/\/lib\/[^/]+$/, '')
    const metas = [version, archDirectory].map((place) => `${place}/${module}_meta.yaml`)
    return { dependencies: [], diagnostics: [missing(module, depFile, metas.some(reader.isFile))] }
  }
  const { value, diagnostics } = parseDependencies({ name: depFile, text: file.text })
  return { depFile, dependencies: value, diagnostics }
}

function problemIn({ text, problem }: FileText): string | undefined {
  return problem ?? (text.length > longest ? 'it is longer than 1 MiB' : undefined)
}

/** A link to nowhere is no missing file: somebody wanted it to be there. */
function linkProblem(
  reader: ModuleTreeReader,
  directory: string,
  name: string,
): string | undefined {
  const entry = reader.list(directory)?.entries.find((one) => one.name === name)
  return entry?.kind === 'link' ? 'it is a link that leads nowhere' : undefined
}

function unreadable(depFile: string, problem: string, hint: string): Diagnostic {
  const at = spanOf({ name: depFile, text: '' })
  return diagnostic('DEP_FILE_UNREADABLE', `${depFile} cannot be read: ${problem}`, { at, hint })
}

function remedyFor(
  problem: string,
  {
    reader,
    archDirectory,
    depFile,
  }: {
    readonly reader: ModuleTreeReader
    readonly archDirectory: string
    readonly depFile: string
  },
): string {
  if (problem !== 'permission denied') {
    return 'put a text file there: a module and its version a line'
  }
  return reader.isFile(depFile) ? `chmod a+r ${depFile}` : `chmod a+rx ${archDirectory}`
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
