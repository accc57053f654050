import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { baseName, directoryOf } from '../text/paths.ts'
import type { ResolvedModule } from './resolution.ts'
import { type Decision, demandsOn, type SearchState } from './search-state.ts'
import type { ModuleTreeReader } from './tree-reader.ts'

/** A decided module with the places of its parts. */
export function resolvedModule(
  state: SearchState,
  { installed, usable }: Decision,
): ResolvedModule {
  const { reader } = state.tree.site
  const { place, base, archDirectory, target, depFile, dependencies } = usable
  const { directory } = place
  const name = installed.module
  const library = `${archDirectory}/lib${name}.so`
  // A link that leads nowhere is no module without library: the check of libraries tells.
  const hasLibrary = reader.isFile(library) || hasEntry(reader, archDirectory, `lib${name}.so`)
  // PSI keeps dbd below `R<base>` and db beside it
  const levels = [...new Set([base, directory])]
  // A pipe, or a link that leads nowhere, is no module without dbd: who reads it tells.
  const dbd = levels
    .map((level) => `${level}/dbd/${name}.dbd`)
    .find((path) => reader.isFile(path) || hasEntry(reader, directoryOf(path), baseName(path)))
  const dbDirectory = levels.map((level) => `${level}/db`).find(reader.isDirectory)
  return {
    name,
    version: place.version,
    ...(target !== undefined && { builtAs: target }),
    directory,
    root: place.root.directory,
    archDirectory,
    ...(hasLibrary && { library }),
    ...(dbd && { dbd }),
    ...(dbDirectory && { dbDirectory }),
    ...(depFile && { depFile }),
    dependencies,
    requestedBy: demandsOn(state, name),
  }
}

function hasEntry(reader: ModuleTreeReader, directory: string, name: string): boolean {
  return reader.list(directory)?.entries.some((entry) => entry.name === name) ?? false
}

/** require.c: a dbd file is not loaded if there is no library. Silent there, not here. */
export function checkContents({ name, version, dbd, library }: ResolvedModule): Diagnostic[] {
  if (!dbd || library) return []
  return [
    diagnostic(
      'DBD_WITHOUT_LIBRARY',
      `${dbd} is not loaded: ${name} ${version.text} has no library`,
      {
        hint: `load it in the startup script: dbLoadDatabase "$(${name}_DIR)dbd/${name}.dbd"`,
      },
    ),
  ]
}
