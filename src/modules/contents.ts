import { readDbd } from '../database/dbd/dbd.ts'
import { type Provided, providedBy } from '../database/dbd/provides.ts'
import { type WrittenMacro, writtenMacros } from '../database/text/written-macros.ts'
import type { ResolvedModule } from './resolution.ts'
import type { ModuleTreeReader } from './tree-reader.ts'

/** A file that takes macros. */
export interface MacroFile {
  /** From the directory that it is in. */
  readonly path: string
  readonly macros: readonly WrittenMacro[]
}

/** What a module brings for databases and startup scripts. */
export interface ModuleContents {
  readonly definitions: readonly Provided[]
  /** Databases and templates in `db`. */
  readonly templates: readonly MacroFile[]
  /** `*.iocsh` and `*.cmd`. */
  readonly snippets: readonly MacroFile[]
  /** Everything else in `db`: protocols, request files, substitutions. */
  readonly otherFiles: readonly string[]
  readonly headers: readonly string[]
}

/** Reads what is in a version's directory; files that cannot be read count as empty. */
export function contentsOf(module: ResolvedModule, reader: ModuleTreeReader): ModuleContents {
  const { directory, dbd, dbDirectory, name } = module
  const text = dbd === undefined ? '' : textOf(reader, dbd)
  const inDb = dbDirectory === undefined ? [] : filesIn(reader, dbDirectory)
  const isTemplate = (path: string): boolean => /\.(db|dbt|template|vdb)$/.test(path)
  const macroFile = (folder: string, path: string): MacroFile => ({
    path,
    macros: writtenMacros(textOf(reader, `${folder}/${path}`)),
  })
  const scripts = namesIn(reader, directory).filter((path) => /\.(iocsh|cmd)$/.test(path))
  return {
    definitions: providedBy(readDbd({ name: dbd ?? name, text }).value),
    templates: inDb.filter(isTemplate).map((path) => macroFile(dbDirectory ?? '', path)),
    snippets: scripts.map((path) => withoutSetMacros(macroFile(directory, path), module, reader)),
    otherFiles: inDb.filter((path) => !isTemplate(path)),
    headers: filesIn(reader, `${directory}/include`),
  }
}

/** Macros that a snippet sets itself, or that `require` sets, need not be given. */
function withoutSetMacros(
  { path, macros }: MacroFile,
  { directory, name, dependencies }: ResolvedModule,
  reader: ModuleTreeReader,
): MacroFile {
  const modules = [name, ...dependencies.map(({ module }) => module)]
  const set = new Set([
    ...[...textOf(reader, `${directory}/${path}`).matchAll(settings)].map(([, macro]) => macro),
    ...modules.flatMap((one) => requireSets.map((suffix) => `${one}_${suffix}`)),
  ])
  return { path, macros: macros.filter((macro) => !set.has(macro.name)) }
}

const settings = /^\s*epicsEnvSet[\s("']+([A-Za-z_]\w*)/gm
const requireSets = ['DIR', 'DB', 'TEMPLATES', 'VERSION']

function textOf(reader: ModuleTreeReader, path: string): string {
  return reader.readText(path)?.text ?? ''
}

function namesIn(reader: ModuleTreeReader, directory: string): string[] {
  return (reader.list(directory)?.entries ?? [])
    .filter(({ kind }) => kind !== 'directory')
    .map(({ name }) => name)
    .sort()
}

/** With those in folders below, as some modules have them. */
function filesIn(reader: ModuleTreeReader, directory: string): string[] {
  const folders = (reader.list(directory)?.entries ?? [])
    .filter(({ kind }) => kind === 'directory')
    .map(({ name }) => name)
    .sort()
  return [
    ...namesIn(reader, directory),
    ...folders.flatMap((folder) =>
      filesIn(reader, `${directory}/${folder}`).map((path) => `${folder}/${path}`),
    ),
  ]
}
