import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { MakeVariables } from '../../../build/recipe/make-variables.ts'
import { wordsOf } from '../../../build/recipe/make-variables.ts'
import type { MakefileTexts } from '../../../build/recipe/makefile-texts.ts'
import { placeOfVariable } from '../../../build/recipe/makefile-texts.ts'
import type { Written } from '../../../settings/shape.ts'
import { diagnostic } from '../../../text/diagnostic.ts'
import type { Source } from '../../../text/source.ts'
import { isDirectory } from '../../is-directory.ts'
import { isFile } from '../../is-file.ts'
import { BuildFailure } from '../failure.ts'
import { type MakeCall, printVariables, requireFolder } from './module-make.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The makefile of a module, whatever it stands in. Paths are absolute. */
export interface ModuleMakefile {
  /** How the makefile of the e3 wrapper around it is called; its goals only read it. */
  readonly wrapper?: MakeCall
  readonly name: Written
  readonly version: Written
  /** The folder of the sources: where paths of the makefile start. */
  readonly sources: string
  readonly makefile: string
  /** Patches for the sources, in their order. */
  readonly patches: readonly string[]
  /** What the makefile is told by its environment. */
  readonly env: Environment
  readonly texts: MakefileTexts
}

/** A wrapper that is to be read. */
export interface WrapperRequest {
  /** Absolute. */
  readonly folder: string
  /** Its `Makefile`. */
  readonly file: string
  /** Absolute: for files on their way. */
  readonly output: string
  /** Absolute: the base that is built for. */
  readonly base: string
  readonly env: Environment
  /** RELEASE_DEV and CONFIG_MODULE_DEV count. */
  readonly isDevelopment: boolean
}

/**
 * What an e3 wrapper says in its configure folder.
 *
 * Throws `MAKEFILE_ERROR`, `SOURCES_MISSING`, `PREREQUISITE_MISSING`.
 */
export async function readWrapper(request: WrapperRequest): Promise<ModuleMakefile> {
  const { folder, file, output, base, env, isDevelopment } = request
  const call = {
    ...{ cwd: folder, makefile: file, env },
    variables: {
      E3_REQUIRE_LOCATION: requireFolder,
      REQUIRE_CONFIG: join(requireFolder, 'configure'),
      ...{ EPICS_BASE: base, EPICS_LOCATION: base },
    },
    // The makefiles of the wrapper look for "dev" in the goals.
    goals: [isDevelopment ? 'e3-dev-print' : 'e3-print'],
  }
  const variables = await printVariables(call, join(output, 'wrapper.variables'))
  const value = (name: string): string => variables.get(name)?.value.trim() ?? ''
  const sources = resolve(folder, value('E3_MODULE_SRC_PATH'))
  const makefile = resolve(folder, value('E3_MODULE_MAKEFILE'))
  requireSources(request, sources, variables)
  if (!isFile(makefile)) {
    throw missing(`the wrapper has no ${relative(folder, makefile) || 'makefile for its module'}`, {
      hint: 'E3_MODULE_MAKEFILE of configure/CONFIG_MODULE names it',
    })
  }
  const texts = textsOf(makefile, wordsOf(value('MAKEFILE_LIST')), folder)
  const version = value('E3_MODULE_VERSION')
  return {
    wrapper: { ...call, variables: { ...call.variables, E3_PRINT: '/dev/null' } },
    name: written(texts, 'E3_MODULE_NAME', value('E3_MODULE_NAME')),
    version: written(texts, 'E3_MODULE_VERSION', version),
    ...{ sources, makefile, texts, patches: patchesOf(folder, version) },
    env: { ...env, ...exported(variables), BUILDCLASSES: 'Linux' },
  }
}

function written(texts: MakefileTexts, variable: string, text: string): Written {
  return { text, at: placeOfVariable(texts, variable) }
}

/** The module's makefile first, then those of the wrapper as they were read. */
export function textsOf(
  makefile: string,
  others: readonly string[],
  folder: string,
): MakefileTexts {
  const source = (path: string): Source => ({ name: path, text: readFileSync(path, 'utf8') })
  const own = others
    .map((path) => resolve(folder, path))
    .filter((path) => path.startsWith(`${folder}/`) && path !== makefile && existsSync(path))
  return [source(makefile), ...own.map(source)]
}

/** e3's CONFIG_EXPORT: makefiles of modules see what the configure folder sets. */
function exported(variables: MakeVariables): Environment {
  const settings = [...variables].filter(([name]) => /^[A-Za-z_]\w*$/.test(name) && !isOurs(name))
  return {
    ...Object.fromEntries(settings.map(([name, { value }]) => [name, value])),
    PROJECT: variables.get('E3_MODULE_NAME')?.value.trim(),
    LIBVERSION: variables.get('E3_MODULE_VERSION')?.value.trim(),
  }
}

/** They are not the wrapper's, or of no use to its module. */
function isOurs(name: string): boolean {
  return /^(MAKE|SHELL$|QUIET$|E3$|E3_REQUIRE|REQUIRE_|EPICS_BASE$)/.test(name)
}

/** A submodule that nobody has fetched is an empty folder. */
function requireSources(request: WrapperRequest, sources: string, variables: MakeVariables): void {
  const { folder, isDevelopment } = request
  if (isDirectory(sources) && readdirSync(sources).length > 0) return
  const path = relative(folder, sources)
  const state = isDirectory(sources) ? 'is empty' : 'is not there'
  const modules = join(folder, '.gitmodules')
  const isSubmodule = existsSync(modules) && readFileSync(modules, 'utf8').includes(path)
  const url = variables.get('E3_MODULE_DEV_GITURL')?.value.replaceAll('"', '').trim()
  const clone = url ? `git clone ${url} ${path}` : undefined
  throw missing(`the folder of the sources, ${path}, ${state}`, {
    hint: isDevelopment
      ? (clone ?? 'E3_MODULE_SRC_PATH of configure/CONFIG_MODULE_DEV names it')
      : isSubmodule
        ? `git -C ${folder} submodule update --init ${path}`
        : 'E3_MODULE_SRC_PATH of configure/CONFIG_MODULE names it',
    at: placeOfVariable(
      textsOf(request.file, [configureFile(request)], folder),
      'E3_MODULE_SRC_PATH',
    ),
  })
}

function configureFile({ folder, isDevelopment }: WrapperRequest): string {
  return join(folder, 'configure', isDevelopment ? 'CONFIG_MODULE_DEV' : 'CONFIG_MODULE')
}

function missing(message: string, details: Parameters<typeof diagnostic>[2]): BuildFailure {
  return new BuildFailure([diagnostic('SOURCES_MISSING', message, details)])
}

/**
 * e3 3.x: patch/Site/<version>-*.p0.patch; 5.x: all in patch/ (spec/e3.md 4.3). By name, as a shell
 * lists them.
 */
function patchesOf(folder: string, version: string): string[] {
  const list = (path: string): string[] =>
    (isDirectory(path) ? readdirSync(path) : [])
      .filter((name) => name.endsWith('.patch'))
      .sort()
      .map((name) => join(path, name))
  const ofVersion = list(join(folder, 'patch', 'Site')).filter((path) =>
    basename(path).startsWith(`${version}-`),
  )
  return [...ofVersion, ...list(join(folder, 'patch'))]
}
