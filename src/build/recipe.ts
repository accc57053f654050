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
  readonly flags: RecipeFlags
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
