import { resolvePath } from '../text/paths.ts'
import type { Settings } from './settings.ts'
import type { WrittenPattern } from './shapes.ts'

/** How the names of sources relate to the settings. */
export interface Scope {
  /** The file is in the directory of the settings or below, and not ignored. */
  isInside(sourceName: string): boolean
  isIgnored(sourceName: string): boolean
  /** One of the globs fits; texts that are no files (`<command line>`) fit none. */
  matches(globs: readonly WrittenPattern[], sourceName: string): boolean
}

/**
 * Globs without `/` in front are matched with the path from the directory of the settings, the
 * others with the absolute path.
 *
 * @param cwd - where relative names of sources start
 */
export function scopeOf({ directory, ignore }: Settings, cwd: string): Scope {
  const paths = new Map<string, FilePath | undefined>()
  const prefix = directory === '/' ? '/' : `${directory}/`
  const pathOf = (name: string): FilePath | undefined => {
    const known = paths.get(name)
    if (known || paths.has(name)) return known
    const path = filePath(name, cwd, prefix)
    paths.set(name, path)
    return path
  }
  const answers = new Map<readonly WrittenPattern[], Map<string, boolean>>()
  const matches: Scope['matches'] = (globs, name) => {
    const byName = answers.get(globs) ?? new Map<string, boolean>()
    answers.set(globs, byName)
    const known = byName.get(name)
    if (known !== undefined) return known
    const path = pathOf(name)
    const isMatch = path !== undefined && globs.some((glob) => fits(glob, path))
    byName.set(name, isMatch)
    return isMatch
  }
  const isIgnored = (name: string): boolean => matches(ignore, name)
  return {
    matches,
    isIgnored,
    isInside: (name) => pathOf(name)?.relative !== undefined && !isIgnored(name),
  }
}

interface FilePath {
  readonly absolute: string
  /** Undefined outside of the directory of the settings. */
  readonly relative: string | undefined
}

function filePath(name: string, cwd: string, prefix: string): FilePath | undefined {
  if (name === '' || /^<.*>$/s.test(name)) return undefined
  const absolute = resolvePath(cwd, name)
  const relative = absolute.startsWith(prefix) ? absolute.slice(prefix.length) : undefined
  return { absolute, relative }
}

function fits({ text, pattern }: WrittenPattern, { absolute, relative }: FilePath): boolean {
  if (text.startsWith('/')) return pattern.match(absolute.slice(1)).isMatch
  return relative !== undefined && pattern.match(relative).isMatch
}
