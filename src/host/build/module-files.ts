import { resolve } from 'node:path'
import type { FileRole, ModuleFiles, RecipeFiles } from '../../build/recipe.ts'
import { languageOf, sourceEndings } from '../../build/source-language.ts'
import type { Written } from '../../settings/shape.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import { isFile } from '../is-file.ts'
import { filesNear, matchFiles } from './match-files.ts'

/**
 * The files that the patterns of a recipe stand for, sorted where a pattern stands for several.
 *
 * Errors: `FILE_NOT_FOUND` for a file that is not there and for a pattern that fits none;
 * `FILE_TYPE` for a source that nobody can compile; `RECIPE_VALUE` for a name with a line end.
 */
export async function findModuleFiles(
  folder: string,
  recipe: RecipeFiles,
): Promise<Result<ModuleFiles>> {
  const diagnostics: Diagnostic[] = []
  const found = async (role: FileRole): Promise<string[]> => {
    const { value, diagnostics: wrong } = await findFiles(folder, recipe[role])
    diagnostics.push(...wrong)
    return value
  }
  const value = {
    sources: await found('sources'),
    dbds: await found('dbds'),
    headers: await found('headers'),
    templates: await found('templates'),
    scripts: await found('scripts'),
    substitutions: await found('substitutions'),
  }
  diagnostics.push(...value.sources.filter((file) => !languageOf(file)).map(unknownLanguage))
  return { value, diagnostics }
}

async function findFiles(folder: string, patterns: readonly Written[]): Promise<Result<string[]>> {
  let files: string[] = []
  const diagnostics: Diagnostic[] = []
  for (const { text, at } of patterns) {
    const isExclusion = text.startsWith('!')
    const path = text.slice(isExclusion ? 1 : 0).replace(/^(\.\/+)+/, '')
    // A file of that name goes before what its name would mean as a pattern.
    const matched = isFile(resolve(folder, path)) ? [path] : await matchFiles(folder, path)
    const hostile = matched?.find((file) => /[\r\n]/.test(file))
    if (hostile !== undefined) diagnostics.push(withLineEnd(hostile, at))
    if (matched === undefined) diagnostics.push(await noFile(folder, path, at))
    else if (matched.length === 0) diagnostics.push(noFit(path, at))
    files = isExclusion
      ? files.filter((file) => !matched?.includes(file))
      : [...files, ...(matched ?? []).filter((file) => !files.includes(file))]
  }
  return { value: files, diagnostics }
}

async function noFile(folder: string, path: string, at: Written['at']): Promise<Diagnostic> {
  return diagnostic('FILE_NOT_FOUND', `there is no file ${path} in ${folder}`, {
    at,
    hint: didYouMean(path, await filesNear(folder)) ?? inModule,
  })
}

function noFit(path: string, at: Written['at']): Diagnostic {
  return diagnostic('FILE_NOT_FOUND', `no file fits "${path}"`, { at, hint: inModule })
}

const inModule = 'paths start in the folder of module.yaml'

function withLineEnd(file: string, at: Written['at']): Diagnostic {
  const message = `the name of ${JSON.stringify(file)} has a line end, which no command can take`
  return diagnostic('RECIPE_VALUE', message, { at, hint: 'rename the file' })
}

function unknownLanguage(file: string): Diagnostic {
  return diagnostic('FILE_TYPE', `${file} is no source that can be compiled`, {
    hint: `sources end in ${sourceEndings}; headers belong under headers:`,
  })
}
