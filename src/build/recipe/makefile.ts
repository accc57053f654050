import { isModuleName, isVersionName } from '../../modules/module-name.ts'
import type { ModuleRequest } from '../../modules/module-request.ts'
import type { Written } from '../../settings/shape.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { baseName } from '../../text/paths.ts'
import { anyVersion, parseVersionRequest } from '../../version/request.ts'
import type { ModuleRecipe, OtherFile, Upstream } from '../recipe.ts'
import { databaseFlags } from './database-flags.ts'
import { type MakeTarget, type MakeVariables, wordsFor } from './make-variables.ts'
import { makefileFlags } from './makefile-flags.ts'
import { excludedTarget } from './makefile-target.ts'
import { type MakefileTexts, placeOfVariable } from './makefile-texts.ts'
import { misspelledVariables } from './misspelled-variables.ts'
import { type VendorLibraries, vendorFiles, vendorFlags } from './vendor-libraries.ts'

/** A makefile that GNU make has read, and what is around it. */
export interface ReadMakefile {
  readonly name: Written
  readonly version: Written
  readonly variables: MakeVariables
  readonly texts: MakefileTexts
  readonly target: MakeTarget
  /** A file or folder that a variable names, from the folder of the module; undefined if missing. */
  locate(path: string, kind: 'file' | 'folder'): string | undefined
  /** Names of the files in the folder of the sources, for variables that are not set. */
  readonly names: readonly string[]
  readonly upstream?: Upstream
  readonly vendor: VendorLibraries
  /** Whether the module tree has any version of a module. */
  isInstalled(module: string): boolean
}

/**
 * The recipe that a makefile of e3 or PSI stands for (spec of driver.makefile: its inputs).
 *
 * Errors: `RECIPE_VALUE` for a name or version that is none, `FILE_NOT_FOUND`, `MAKEFILE_EXCLUDES`,
 * `MAKEFILE_VERSION`; warnings: `MAKEFILE_VARIABLE`, `MAKEFILE_REQUIRES`.
 */
export function recipeOfMakefile(makefile: ReadMakefile): Result<ModuleRecipe | undefined> {
  const diagnostics: Diagnostic[] = [
    ...wrongNames(makefile),
    ...excludedTarget(makefile.variables, makefile.target, makefile.texts),
    ...misspelledVariables(makefile.variables, makefile.texts),
  ]
  const found = (variable: string): Written[] => filesOf(makefile, variable, diagnostics)
  const headers = headersOf(makefile, found('HEADERS'))
  const required = new Set(wordsFor(makefile.variables, 'REQUIRED', makefile.target))
  const requires = requestsOf(makefile, required, diagnostics)
  const { upstream, target, vendor } = makefile
  const templates = found('TEMPLATES')
  const substitutions = [...found('SUBS'), ...found('TMPS'), ...found('TEMS')]
  const libraries = vendorFiles(vendor, textsIn(found('VENDOR_LIBS')), target.arch)
  const flags = makefileFlags(makefile)
  const databases = databaseFlags(makefile)
  const value: ModuleRecipe = {
    ...(upstream && { upstream }),
    ...{ name: makefile.name, version: makefile.version },
    files: {
      sources: found('SOURCES'),
      dbds: [...found('DBDS'), ...found('DBDFILES'), ...compiledDefinitions(makefile)],
      headers: headers.flat,
      templates: withoutExpanded(templates, substitutions, upstream),
      scripts: found('SCRIPTS'),
      // 3.2 wrappers have TEMS where later ones have TMPS.
      substitutions,
    },
    requires,
    ifUsed: new Set(requires.map(({ module }) => module).filter((one) => !required.has(one))),
    flags: { ...flags, ldflags: vendorFlags(vendor, libraries, flags.ldflags) },
    others: [...headers.kept, ...otherFiles(makefile, found), ...libraries],
    templateFolders: databases.folders,
    templateMacros: databases.macros,
  }
  return { value, diagnostics }
}

function wrongNames({ name, version, texts, variables }: ReadMakefile): Diagnostic[] {
  const found: Diagnostic[] = []
  if (!/^[A-Za-z_]\w*$/.test(name.text)) {
    const hint = 'letters, digits and "_" only: set E3_MODULE_NAME, or PROJECT'
    const message = `"${name.text}" is no name of a module`
    found.push(diagnostic('RECIPE_VALUE', message, { at: name.at, hint }))
  }
  if (!isVersionName(version.text)) {
    const hint = 'MAJOR.MINOR.PATCH+REVISION, or the name of a test version'
    const message = `"${version.text}" is no version`
    found.push(diagnostic('RECIPE_VALUE', message, { at: version.at, hint }))
  }
  const own = variables.get('LIBVERSION')
  if (own?.origin === 'file' && own.value.trim() !== version.text) {
    const message = `the version is given twice: ${version.text}, and ${own.value.trim()}`
    const notes = [{ message: `${version.text} is given here`, at: version.at }]
    const at = placeOfVariable(texts, 'LIBVERSION')
    found.push(diagnostic('MAKEFILE_VERSION', message, { at, notes, hint: 'drop one of them' }))
  }
  return found
}

/** driver.makefile: what is built where a makefile sets no such variable. */
const defaults: Readonly<Record<string, RegExp>> = {
  SOURCES: /\.(c|cc|cpp|st|stt|gt)$/,
  DBDS: /\.dbd$/,
  TEMPLATES: /\.(template|db|subs)$/,
  SCRIPTS: /\.(cmd|iocsh)$/,
}

function filesOf(makefile: ReadMakefile, variable: string, diagnostics: Diagnostic[]): Written[] {
  const { variables, target, texts, names, locate } = makefile
  const written = wordsFor(variables, variable, target)
  const at = placeOfVariable(texts, variable)
  const wanted = Object.hasOwn(defaults, variable) ? defaults[variable] : undefined
  const listed = written ?? (wanted ? names.filter((name) => wanted.test(name)).sort() : [])
  const words = variable === 'SOURCES' ? listed.map((word) => compiledOf(word) ?? word) : listed
  return [...new Set(words)].flatMap((word) => {
    const text = locate(word, 'file')
    if (text !== undefined) return [{ text, at }]
    if (!isGenerated(variable, word, locate)) diagnostics.push(notThere(word, variable, at))
    return []
  })
}

/** driver.makefile: device support for GPIB, `x.gt`, becomes `x.c` and `x.dbd` by gdc. */
export function compiledOf(source: string): string | undefined {
  return source.endsWith('.gt') ? `${baseName(source).slice(0, -3)}.c` : undefined
}

function compiledDefinitions({ variables, target, texts, names, locate }: ReadMakefile): Written[] {
  const listed = wordsFor(variables, 'SOURCES', target) ?? names
  return listed.flatMap((word) => {
    const made = compiledOf(word)?.replace(/c$/, 'dbd')
    const text = made && locate(made, 'file')
    return text ? [{ text, at: placeOfVariable(texts, 'SOURCES') }] : []
  })
}

/** Databases that the module's own target db has made of substitution files: e3 makes them, too. */
function withoutExpanded(
  templates: readonly Written[],
  substitutions: readonly Written[],
  upstream: Upstream | undefined,
): Written[] {
  const made = new Set(substitutions.map(({ text }) => baseName(text).replace(/\.\w+$/, '.db')))
  return templates.filter(
    ({ text }) => !(upstream && text.startsWith(`${upstream.copy}/`) && made.has(baseName(text))),
  )
}

function textsIn(list: readonly Written[]): string[] {
  return list.map(({ text }) => text)
}

/** Headers of record types and menus are made by e3, whatever rule the makefile has for them. */
function isGenerated(variable: string, word: string, locate: ReadMakefile['locate']): boolean {
  if (variable !== 'HEADERS' || !word.endsWith('.h')) return false
  return locate(`${baseName(word).slice(0, -2)}.dbd`, 'file') !== undefined
}

function notThere(file: string, variable: string, at: Written['at']): Diagnostic {
  const message = `there is no file ${file}, which ${variable} names, and no rule that makes it`
  return diagnostic('FILE_NOT_FOUND', message, {
    at,
    hint: 'paths start in the folder of the sources; are they at the right version?',
  })
}

/** KEEP_HEADER_SUBDIRS: headers below these folders keep their way from there. */
function headersOf(
  { variables, target, locate }: ReadMakefile,
  headers: readonly Written[],
): { flat: Written[]; kept: OtherFile[] } {
  const folders = (wordsFor(variables, 'KEEP_HEADER_SUBDIRS', target) ?? []).flatMap(
    (word) => locate(word, 'folder') ?? [],
  )
  const kept: OtherFile[] = []
  const flat = headers.filter(({ text }) => {
    const folder = folders.find((one) => text.startsWith(`${one}/`))
    if (folder !== undefined) {
      kept.push({ to: `include/${text.slice(folder.length + 1)}`, from: text })
    }
    return folder === undefined
  })
  return { flat, kept }
}

function otherFiles({ target }: ReadMakefile, found: (variable: string) => Written[]): OtherFile[] {
  const into = (folder: string, variable: string): OtherFile[] =>
    found(variable).map(({ text }) => ({ to: `${folder}/${baseName(text)}`, from: text }))
  return [...into(`bin/${target.arch}`, 'BINS'), ...into('cfg', 'CFG')]
}

/**
 * REQUIRED names modules; `asyn_VERSION` says which version, of one that is not in REQUIRED, too:
 * driver.makefile searches the headers of all modules, of this one in that version. One that is
 * nowhere installed is left out then, as there may be a library of the system instead (pcre).
 */
function requestsOf(
  makefile: ReadMakefile,
  required: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): ModuleRequest[] {
  const { variables, texts, isInstalled } = makefile
  const at = placeOfVariable(texts, 'REQUIRED')
  const requests = new Map<string, ModuleRequest>(
    [...required].map((module) => [module, { module, version: anyVersion, at }]),
  )
  for (const [variable, { value, origin }] of variables) {
    const module = /^(.+)_VERSION$/.exec(variable)?.[1]
    const version = value.trim()
    if (module === undefined || origin === 'environment' || version === '') continue
    if (isNoModule(module) || module === makefile.name.text) continue
    const place = placeOfVariable(texts, variable)
    if (required.has(module) || isInstalled(module)) {
      requests.set(module, { module, version: parseVersionRequest(version), at: place })
    } else diagnostics.push(notInstalled(module, variable, place))
  }
  return [...requests.values()].filter(({ module }) => module !== makefile.name.text)
}

/** Variables of make, e3 and base that end the same way. */
function isNoModule(module: string): boolean {
  return /^(E3_|EPICS|MAKE$)|_DEP$/.test(module) || !isModuleName(module)
}

function notInstalled(module: string, variable: string, at: Written['at']): Diagnostic {
  const message = `${variable} asks for the module ${module}, which is not installed: it is left out`
  const hint = `install ${module}, or say with REQUIRED += ${module} that nothing goes without it`
  return diagnostic('MAKEFILE_REQUIRES', message, { at, hint })
}
