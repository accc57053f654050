import { once } from '../../text/once.ts'
import type { ModuleLibrary } from '../installed-libraries.ts'
import type { ProcessImage } from './image.ts'
import type { LibraryCheckInput, LibraryFiles, RunningBase } from './input.ts'
import type { Libraries } from './libraries.ts'
import { directoryOf, fileNameOf } from './paths.ts'

/** What all parts of the check share. The image grows module by module. */
export interface CheckContext {
  readonly base: RunningBase
  readonly files: LibraryFiles
  readonly libraries: Libraries
  readonly image: ProcessImage
  /** Entries of `LD_LIBRARY_PATH`. */
  readonly libraryPath: readonly string[]
  /** Where `include` of dbd files searches behind the folder of the file. */
  readonly dbdPath: readonly string[]
  /** The modules' own libraries by file name, also of those that are loaded later. */
  readonly moduleLibraries: ReadonlyMap<string, ModuleLibrary>
  /** Those that are not part of the plan; the trees are read for the first question. */
  readonly otherModules: () => readonly ModuleLibrary[]
}

/** What is known before the first module is looked at. */
export function contextOf(
  input: LibraryCheckInput,
  shared: Pick<CheckContext, 'files' | 'libraries' | 'image'>,
): CheckContext {
  const planned = input.modules.flatMap(({ name, version, library }) =>
    library ? [{ module: name, version: version.text, path: library }] : [],
  )
  const { base, installed } = input
  const paths = new Set(planned.map(({ path }) => path))
  return {
    ...shared,
    base,
    libraryPath: (input.libraryPath ?? []).filter((entry) => entry !== ''),
    dbdPath: input.dbdPath ?? (base.dbdDirectory ? [base.dbdDirectory] : []),
    moduleLibraries: new Map(planned.map((one) => [fileNameOf(one.path), one])),
    otherModules: once(() => [...(installed?.() ?? [])].filter(({ path }) => !paths.has(path))),
  }
}

/** The folders in which a dbd file's `include` is searched. */
export function dbdPathOf(file: string, { dbdPath }: CheckContext): readonly string[] {
  return [directoryOf(file), ...dbdPath]
}
