import type { ModuleRequest } from '../modules/module-request.ts'
import type { Written } from '../settings/shape.ts'

/**
 * What a module is made from, as plain data, wherever it was written down: `module.yaml`, or the
 * variables of a makefile. What is special for an architecture is put in already.
 */
export interface ModuleRecipe {
  /** A C identifier: it is part of the names of functions. */
  readonly name: Written
  readonly version: Written
  readonly description?: string | undefined
  readonly files: RecipeFiles
  /** Modules whose headers, dbd files and templates are used, and that are loaded before. */
  readonly requires: readonly ModuleRequest[]
  /** Those of them that are only there for their headers: without use of these nothing needs them. */
  readonly ifUsed?: ReadonlySet<string>
  readonly flags: RecipeFlags
  /** What is installed besides, and where: `bin/linux-x86_64/snc`. */
  readonly others?: readonly OtherFile[]
  /** Where its sources are, if not in the folder of the module itself. */
  readonly upstream?: Upstream
  /** Where templates of substitution files are searched besides. */
  readonly templateFolders?: readonly string[]
  /** Definition lists (`P=A:,R=B`) for all substitution files; what these set goes before. */
  readonly templateMacros?: readonly string[]
}

/** Sources of somebody else, in a folder of an e3 wrapper. Paths start in the folder of the module. */
export interface Upstream {
  readonly folder: string
  /** What is compiled where rules or patches have made another file of it. */
  readonly copy: string
  /** What was applied to the copy. */
  readonly patches?: readonly string[]
}

/** A file that has its own place in the installed version. */
export interface OtherFile {
  readonly to: string
  /** From the folder of the module. */
  readonly from: string
}

/**
 * Patterns (`src/*.c`; with `!` in front what is left out of those before it) by what becomes of the
 * files. Paths start in the folder of the module.
 */
export interface RecipeFiles {
  /** C, C++ and state notation. */
  readonly sources: readonly Written[]
  /** One dbd file is made of all. */
  readonly dbds: readonly Written[]
  /** For modules that require this one. */
  readonly headers: readonly Written[]
  /** Installed in `db`: templates, protocol files, request files. */
  readonly templates: readonly Written[]
  /** Snippets and startup scripts. */
  readonly scripts: readonly Written[]
  /** Substitution files that are expanded to databases in `db`. */
  readonly substitutions: readonly Written[]
}

export type FileRole = keyof RecipeFiles

/** Words of the command lines of compilers and linker, behind those of the base. */
export interface RecipeFlags {
  readonly cppflags: readonly string[]
  readonly cflags: readonly string[]
  readonly cxxflags: readonly string[]
  readonly ldflags: readonly string[]
  /** Libraries of the system, by their names without `lib` and `.so`. */
  readonly libraries: readonly string[]
  /** Folders with headers of the module's own, besides those of its sources and headers. */
  readonly includes: readonly Written[]
}

/** The files that the patterns of a recipe stand for. Paths start in the folder of the module. */
export type ModuleFiles = Readonly<Record<FileRole, readonly string[]>>
