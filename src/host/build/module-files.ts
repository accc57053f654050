import { resolve } from 'node:path'
import fastGlob from 'fast-glob'
import type { FileRole, ModuleFiles, RecipeFiles } from '../../build/recipe.ts'
import { languageOf, sourceEndings } from '../../build/source-language.ts'
import type { Written } from '../../settings/shape.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import { isFile } from '../is-file.ts'

/**
 * The files that the patterns of a recipe stand for, sorted where a pattern stands for several.
 *
 * Errors: `FILE_NOT_FOUND` for a file that is not there and for a pattern that fits none;
 * `FILE_TYPE` for a source that nobody can compile; `RECIPE_VALUE` for a name with a line end.
 */
export function findModuleFiles(folder: string, recipe: RecipeFiles): Result<ModuleFiles> {
  const diagnostics: Diagnostic[] = []
  const found = (role: FileRole): string[] => {
    const { value, diagnostics: wrong } = findFiles(folder, recipe[role])
    diagnostics.push(...wrong)
    return value
  }
  const value = {
    sources: found('sources'),
    dbds: found('dbds'),
    headers: found('headers'),
    templates: found('templates'),
    scripts: found('scripts'),
    substitutions: found('substitutions'),
  }
  diagnostics.push(...value.sources.filter((file) => !languageOf(file)).map(unknownLanguage))
  return { value, diagnostics }
}

function findFiles(folder: string, patterns: readonly Written[]): Result<string[]> {
  let files: string[] = []
  const diagnostics: Diagnostic[] = []
  for (const { text, at } of patterns) {
    const isExclusion = text.startsWith('!')
    const matched = filesOf(folder, isExclusion ? text.slice(1) : text)
    const hostile = matched.find((file) => /[\r\n]/.test(file))
    if (hostile !== undefined) diagnostics.push(withLineEnd(hostile, at))
    if (matched.length === 0) diagnostics.push(nothing(folder, { text, at }))
    files = isExclusion
      ? files.filter((file) => !matched.includes(file))
      : [...files, ...matched.filter((file) => !files.includes(file))]
  }
  return { value: files, diagnostics }
}

/** A file of that name goes before what its name would mean as a pattern. */
function filesOf(folder: string, text: string): string[] {
  const path = text.replace(/^(\.\/+)+/, '')
  if (isFile(resolve(folder, path))) return [path]
  if (!fastGlob.isDynamicPattern(path)) return []
  const options = { cwd: folder, dot: false, suppressErrors: true, followSymbolicLinks: false }
  return fastGlob.sync(path, { ...options, ignore: ['.e3/**'] }).sort()
}

function nothing(folder: string, { text, at }: Written): Diagnostic {
  const path = text.replace(/^!/, '')
  const isPattern = fastGlob.isDynamicPattern(path)
  const message = isPattern ? `no file fits "${path}"` : `there is no file ${path} in ${folder}`
  const others = isPattern
    ? []
    : fastGlob.sync('**/*', { cwd: folder, deep: 4, suppressErrors: true })
  return diagnostic('FILE_NOT_FOUND', message, {
    at,
    hint: didYouMean(path, others) ?? 'paths start in the folder of module.yaml',
  })
}

function withLineEnd(file: string, at: Written['at']): Diagnostic {
  const message = `the name of ${JSON.stringify(file)} has a line end, which no command can take`
  return diagnostic('RECIPE_VALUE', message, { at, hint: 'rename the file' })
}

function unknownLanguage(file: string): Diagnostic {
  return diagnostic('FILE_TYPE', `${file} is no source that can be compiled`, {
    hint: `sources end in ${sourceEndings}; headers belong under headers:`,
  })
}
