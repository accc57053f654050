import { findSettings } from '../../host/find-settings.ts'
import { createTreeReader } from '../../host/tree-reader.ts'
import type { SearchRoot, Site } from '../../modules/site.ts'
import type { Settings } from '../../settings/settings.ts'
import { type Diagnostic, diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { readWords } from '../check/inputs.ts'
import { openSession, type Session } from '../check/session.ts'
import type { CliContext } from '../context.ts'

/** Options of all commands that look into module trees. */
export interface TreeOptions {
  readonly modulePath: readonly string[]
  readonly base?: string | undefined
  /** The base that the e3 wrapper at work names; what else names one goes before. */
  readonly release?: string | undefined
}

/** The base and the module trees of a command. */
export interface OpenedSite extends Session {
  readonly settings: Settings
}

/**
 * Finds base and module trees as `e3 check` does. A root that is not there is worth a warning: who
 * looks for modules wonders.
 *
 * Errors: those of `openSession`, and `TREE_UNKNOWN` if nothing says where modules are.
 */
export function openSite(
  command: string,
  { modulePath, base, release }: TreeOptions,
  { cwd, env, uid }: Pick<CliContext, 'cwd' | 'env' | 'uid'>,
): Result<OpenedSite> {
  const words = readWords({ command, words: [], modulePath })
  const { value: settings, diagnostics } = findSettings(cwd, { cwd, uid })
  const session = openSession({ env, cwd, base, release, settings, modulePaths: words.modulePaths })
  const found = session.diagnostics.filter(({ code }) => code !== 'CHECK_WITHOUT_BASE')
  return {
    value: { ...session, settings },
    diagnostics: [...diagnostics, ...found, ...(hasErrors(found) ? [] : missingRoots(session))],
  }
}

/** The site with a tree that is changed, which is searched first: its modules find themselves in it. */
export function siteWithRoot({ site }: OpenedSite, root: SearchRoot): Site {
  const { reader, architecture, baseRelease } = site
  const others = site.roots.filter(({ directory }) => directory !== root.directory)
  return {
    ...{ reader, architecture, roots: [root, ...others] },
    ...(baseRelease !== undefined && { baseRelease }),
  }
}

/** The site with nothing read yet: what was read before a change is not what is there now. */
export function siteNow({ roots, architecture, baseRelease }: Site): Site {
  const reader = createTreeReader()
  return { reader, roots, architecture, ...(baseRelease !== undefined && { baseRelease }) }
}

function missingRoots({ site: { roots, reader } }: Session): Diagnostic[] {
  if (roots.length === 0) return [unknownTree()]
  return roots
    .filter(({ directory }) => !reader.isDirectory(directory))
    .map(({ directory, origin, at }) => {
      const message = `there is no directory ${directory}, which ${origin} names`
      const hint = `mkdir -p ${directory}, or correct ${origin}`
      return diagnostic('MODULE_PATH_NOT_FOUND', message, { at, hint, severity: 'warning' })
    })
}

/** Nothing says where modules are. */
function unknownTree(): Diagnostic {
  return diagnostic('TREE_UNKNOWN', 'no module tree is known', {
    notes: [
      { message: 'neither -l, e3.yaml, EPICS_DRIVER_PATH nor E3_SITEMODS_PATH names a directory' },
    ],
    hint: 'name the directory that holds one folder a module: -l <directory>',
  })
}
