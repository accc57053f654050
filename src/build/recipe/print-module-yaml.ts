import type { ModuleRequest } from '../../modules/module-request.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import { scalar } from '../module-texts.ts'
import type { FileRole, ModuleRecipe } from '../recipe.ts'

/**
 * A recipe as the text of a `module.yaml`, whose paths start in the same folder. What has no
 * counterpart there, such as files that rules of a makefile make, is told in comments.
 */
export function printModuleYaml(recipe: ModuleRecipe): string {
  const { name, version, description, requires, files, flags } = recipe
  const texts = (list: readonly { readonly text: string }[]): string[] =>
    [...new Set(list.map(({ text }) => text))].filter((text) => !isMade(text))
  const words = (list: readonly string[]): string[] => list.map(quoteShellWord)
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['requires', requires.map(requestText)],
    ['sources', texts(files.sources)],
    ['dbds', texts(files.dbds)],
    ['headers', texts(files.headers)],
    ['templates', texts(files.templates)],
    ['substitutions', texts(files.substitutions)],
    ['scripts', texts(files.scripts)],
    ['includes', texts(flags.includes)],
    ['cppflags', words(flags.cppflags)],
    ['cflags', words(flags.cflags)],
    ['cxxflags', words(flags.cxxflags)],
    ['ldflags', words(flags.ldflags)],
    ['libraries', flags.libraries],
  ]
  return [
    `name: ${scalar(name.text)}`,
    `version: ${scalar(version.text)}`,
    ...(description ? [`description: ${scalar(description)}`] : []),
    ...lists.flatMap(([key, items]) => listLines(key, items)),
    ...withoutCounterpart(recipe),
    '',
  ].join('\n')
}

/** Below `.e3` is nothing that stays. */
function isMade(path: string): boolean {
  return path === '.e3' || path.startsWith('.e3/')
}

function requestText({ module, version }: ModuleRequest): string {
  return version.kind === 'any' ? module : `${module},${version.version.text}`
}

function listLines(key: string, items: readonly string[]): string[] {
  const [only] = items
  if (only === undefined) return []
  if (items.length === 1) return [`${key}: ${scalar(only)}`]
  return [`${key}:`, ...items.map((item) => `  - ${scalar(item)}`)]
}

function withoutCounterpart(recipe: ModuleRecipe): string[] {
  const { files, upstream, others = [], templateFolders = [] } = recipe
  const { templateMacros = [], ifUsed = [] } = recipe
  const made = (Object.keys(files) as FileRole[]).flatMap((key) =>
    files[key]
      .filter(({ text }) => isMade(text))
      .map(
        ({ text }) => `# ${key}: ${oneLine(text)} is made by a rule or a patch: keep a copy of it`,
      ),
  )
  return [
    ...made,
    ...(upstream?.patches ?? []).map(
      (patch) => `# ${oneLine(patch)} is applied to a copy of the sources: apply it to yours`,
    ),
    ...[...ifUsed].map((module) => `# requires: ${module} can go if no header of it is included`),
    ...others.map(({ from, to }) => `# ${oneLine(from)} is installed as ${oneLine(to)}`),
    ...templateFolders.map(
      (folder) => `# templates of substitution files are searched in ${oneLine(folder)}, too`,
    ),
    ...templateMacros.map((macros) => `# substitution files are expanded with ${oneLine(macros)}`),
  ]
}

/** A comment ends where its line ends. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}
