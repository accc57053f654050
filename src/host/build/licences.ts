import { join } from 'node:path'
import type { ModuleFiles, ModuleRecipe, OtherFile } from '../../build/recipe.ts'
import { directoryOf } from '../../text/paths.ts'
import { entriesIn } from '../list-directory.ts'

/**
 * Files that say under which terms a module may be used: those at the top of its sources, those of
 * folders in it with sources of somebody else (`licences/vendor/x/COPYING`), and those of the e3
 * wrapper around it, which are not the terms of the module (`licences/wrapper/LICENSE`).
 *
 * @param folder - absolute, that of the module
 */
export function findLicences(
  folder: string,
  { upstream }: Pick<ModuleRecipe, 'upstream'>,
  { sources, headers }: Pick<ModuleFiles, 'sources' | 'headers'>,
): OtherFile[] {
  const { folder: top, copy } = upstream ?? { folder: '.', copy: '.' }
  const inside = [...sources, ...headers].flatMap((file) => {
    const start = [copy, top].find((one) => one === '.' || file.startsWith(`${one}/`))
    return start === undefined
      ? []
      : foldersAbove(start === '.' ? file : file.slice(start.length + 1))
  })
  const found = [
    ...[top, ...foldersAbove(top)].flatMap((one) => licencesIn(folder, one, '')),
    ...[...new Set(inside)]
      .filter((one) => !isMade(one))
      .flatMap((one) => licencesIn(folder, within(top, one), `licences/${one}/`)),
    ...(top === '.' ? [] : licencesIn(folder, '.', 'licences/wrapper/')),
  ]
  // The nearest one to the sources.
  return found.filter(({ to }, index) => found.findIndex((one) => one.to === to) === index)
}

/** `a/b` and `a` for `a/b/c`. */
function foldersAbove(path: string): string[] {
  if (path.startsWith('/') || path.startsWith('..') || !path.includes('/')) return []
  const above = directoryOf(path)
  return [above, ...foldersAbove(above)]
}

/** Below `.e3` is what rules and patches made of the sources. */
function isMade(path: string): boolean {
  return path === '.e3' || path.startsWith('.e3/')
}

function within(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`
}

function licencesIn(folder: string, path: string, to: string): OtherFile[] {
  return filesIn(join(folder, path))
    .filter((name) => /^(LICEN[CS]ES?|COPYING|COPYRIGHT)([._-]|$)/i.test(name))
    .sort()
    .map((name) => ({ to: `${to}${name}`, from: within(path, name) }))
}

function filesIn(folder: string): string[] {
  return entriesIn(folder)
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
}
