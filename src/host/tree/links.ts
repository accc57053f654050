import { existsSync, readdirSync, readlinkSync, renameSync, symlinkSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { VersionPlace } from '../../modules/version-place.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { errnoOf } from '../errors.ts'
import { removeStaging } from '../staging.ts'
import { treeUnreadable } from './failure.ts'
import { filesBelow } from './stage-files.ts'
import { openTreeStaging } from './staging.ts'

/** Puts links right that lead to what is in this tree, each in one step. Throws system errors. */
export function repairLinks(place: VersionPlace): string[] {
  const found = brokenLinks(place).flatMap((path) => {
    const target = targetHere(path, place)
    return target === undefined ? [] : [{ path, target }]
  })
  if (found.length === 0) return []
  const staging = openTreeStaging(dirname(place.directory)).directory
  try {
    for (const { path, target } of found) {
      const made = join(staging, 'link')
      symlinkSync(target, made)
      renameSync(made, path)
    }
  } finally {
    removeStaging(staging)
  }
  return found.map(({ path, target }) => `${path} leads to ${target} again`)
}

/**
 * Links that lead nowhere: `VERSION_LINK_WRONG`, of those among files of a version one for all;
 * `FILE_UNREADABLE` if nobody can tell.
 *
 * @param found what is said of the place already; its remedy depends on where the link leads
 */
export function linkFindings(place: VersionPlace, found: readonly Diagnostic[]): Diagnostic[] {
  try {
    const broken = brokenLinks(place)
    const isRepairable = broken.some((path) => targetHere(path, place) !== undefined)
    const hint = isRepairable ? 'e3 tree verify --repair' : undefined
    if (place.isLink) return found.map((one) => (hint ? { ...one, hint } : one))
    return broken.length > 0 ? [...found, brokenInside(place, broken, hint)] : [...found]
  } catch (error) {
    return [...found, treeUnreadable(place.directory, error)]
  }
}

/** Links of a version that lead nowhere: itself if it is one, else those among its files. */
function brokenLinks({ directory, isLink }: VersionPlace): string[] {
  const links = isLink
    ? [directory]
    : filesBelow(directory)
        .filter(({ kind }) => kind === 'link')
        .map(({ path }) => join(directory, path))
  return links.filter((path) => !existsSync(path))
}

/**
 * Where a link that leads nowhere leads in this tree, as a relative link: absolute links break when a
 * tree is copied or moved. Nothing if what it names is not here either: whoever made it has to decide.
 */
function targetHere(
  path: string,
  { module, root, isLink, version }: VersionPlace,
): string | undefined {
  // A number that leads to another version is as wrong as one that leads nowhere.
  if (isLink && version.kind === 'numeric') return undefined
  const parts = resolve(dirname(path), readlinkSync(path)).split('/')
  const at = parts.lastIndexOf(module)
  const rest = parts.slice(at + 1)
  if (at < 0 || rest.length === 0) return undefined
  const here = join(root.directory, module, ...rest)
  return existsSync(here) && here !== path ? relative(dirname(path), here) : undefined
}

const shown = 20

function brokenInside(
  { module, version, directory }: VersionPlace,
  broken: readonly string[],
  hint = 'install it again as the next revision',
): Diagnostic {
  const message = `${module} ${version.text} has links that lead nowhere`
  const notes = broken.map((path) => `${relative(directory, path)} -> ${readlinkSync(path)}`)
  const more = notes.length > shown ? [`and ${notes.length - shown} more`] : []
  return diagnostic('VERSION_LINK_WRONG', message, {
    notes: [...notes.slice(0, shown), ...more, `in ${directory}`].map((text) => ({
      message: text,
    })),
    hint,
  })
}

/** `VERSION_LINK_WRONG`: folders of modules that are links which lead nowhere; nobody sees these modules. */
export function brokenModules(root: string, isWanted: (name: string) => boolean): Diagnostic[] {
  return linksIn(root)
    .filter(isWanted)
    .map((name) => join(root, name))
    .filter((path) => !existsSync(path))
    .map((path) =>
      diagnostic('VERSION_LINK_WRONG', `${path} is a link that leads nowhere`, {
        notes: [{ message: `to ${readlinkSync(path)}` }],
        hint: `let it lead to the folder of the module: ln -sfn <folder> ${path}; or remove it: rm ${path}`,
      }),
    )
}

/** A root that is not there, or cannot be listed, is told by who looks for modules in it. */
function linksIn(root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isSymbolicLink())
      .map(({ name }) => name)
      .sort()
  } catch (error) {
    if (errnoOf(error) === '') throw error
    return []
  }
}
