import { accessSync, readdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { homeDirectory } from '../home-directory.ts'
import { comparePackageVersions } from './version.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The version of the Python package `epicscorelibs` that this release was tested with. */
export const pinnedBaseVersion = '7.0.10.99.0.2'

/** An embedded base: made by `e3 base install`, complete. */
export interface EmbeddedBase {
  /** Version of the Python package, `7.0.10.99.0.2`; also the name of the directory. */
  readonly version: string
  readonly directory: string
}

/**
 * Where embedded bases are: `$XDG_DATA_HOME/e3/base`, default `~/.local/share/e3/base`. A relative
 * XDG_DATA_HOME is ignored (XDG base directory specification).
 */
export function embeddedRoot(env: Environment): string {
  const { XDG_DATA_HOME: dataHome } = env
  return join(
    dataHome && isAbsolute(dataHome) ? dataHome : join(homeDirectory(env), '.local/share'),
    'e3',
    'base',
  )
}

/** Name of the file that says how an embedded base was made; it is there in complete bases only. */
export const recordFile = 'configure/e3-base.json'

/** All embedded bases, the newest first. */
export function listEmbedded(env: Environment): EmbeddedBase[] {
  const root = embeddedRoot(env)
  return namesIn(root)
    .filter((name) => /^\d+(\.\d+)*/.test(name))
    .map((version) => ({ version, directory: join(root, version) }))
    .filter(({ directory }) => isComplete(directory))
    .sort((a, b) => comparePackageVersions(b.version, a.version))
}

/** The embedded base that is used: the pinned version, else the newest. */
export function defaultEmbedded(env: Environment): EmbeddedBase | undefined {
  const pinned = {
    version: pinnedBaseVersion,
    directory: join(embeddedRoot(env), pinnedBaseVersion),
  }
  return isComplete(pinned.directory) ? pinned : listEmbedded(env)[0]
}

/**
 * The same version as it is written in the name of a base: `7.0.10.99.00.2` and `7.0.10.99.0.2.0` are
 * one to pip (PEP 440). A version of which there is no base stays as it is.
 */
export function usualSpelling(version: string, env: Environment): string {
  const isSame = (other: string): boolean =>
    [version, other].every((one) => /^[\d.]+$/.test(one)) &&
    comparePackageVersions(version, other) === 0
  const known = [pinnedBaseVersion, ...listEmbedded(env).map((base) => base.version)]
  return known.find(isSame) ?? version
}

/** Whether a directory is an embedded base. */
export function isComplete(directory: string): boolean {
  try {
    accessSync(join(directory, recordFile))
    return true
  } catch {
    return false
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
