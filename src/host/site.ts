import { resolve } from 'node:path'
import type { SearchRoot, Site } from '../modules/site.ts'
import type { ModuleTreeReader } from '../modules/tree-reader.ts'
import type { Argument } from '../startup/request.ts'
import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import { neighbourRoots } from './neighbour-roots.ts'

/** What decides where modules are searched. */
export interface SiteOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** In the order of the command line. */
  readonly modulePaths: readonly Argument[]
  readonly reader: ModuleTreeReader
  readonly architecture: string
  readonly baseRelease?: string
}

/**
 * The roots of module trees in the order of the search: `-l` (the last one first),
 * EPICS_DRIVER_PATH, E3_SITEMODS_PATH. All are absolute, so that a `cd` in a script changes nothing.
 *
 * Errors: `MODULE_PATH_NOT_FOUND` for a directory of `-l` that does not exist; those of the
 * environment may, as other hosts of a site may have them.
 */
export function siteOf(options: SiteOptions): Result<Site> {
  const { env, cwd, modulePaths, reader, architecture, baseRelease } = options
  const roots: SearchRoot[] = []
  const diagnostics: Diagnostic[] = []
  for (const { text, at } of modulePaths.toReversed()) {
    const directory = resolve(cwd, text)
    const named = text === '' ? text : directory
    if (named === '' || !reader.isDirectory(directory)) diagnostics.push(notFound(named, at))
    // Also if it does not exist: what is not found for that reason says so.
    if (named !== '') roots.push({ directory, origin: '-l', at })
  }
  for (const origin of ['EPICS_DRIVER_PATH', 'E3_SITEMODS_PATH']) {
    for (const path of (env[origin] ?? '').split(':').filter(Boolean)) {
      const directory = resolve(cwd, path)
      if (!roots.some((root) => root.directory === directory)) roots.push({ directory, origin })
    }
  }
  const site = {
    ...{ reader, roots, architecture, ...(baseRelease !== undefined && { baseRelease }) },
    // Asked for only to explain what is missing: a start must not pay for it.
    get otherRoots() {
      return neighbourRoots(roots, { cwd, reader })
    },
  }
  return { value: site, diagnostics }
}

function notFound(directory: string, at: Argument['at']): Diagnostic {
  const message =
    directory === ''
      ? 'the name of the directory to search modules in is empty'
      : `there is no directory ${directory} to search modules in`
  const hint = 'name the directory that holds one folder a module'
  return diagnostic('MODULE_PATH_NOT_FOUND', message, { at, hint })
}
