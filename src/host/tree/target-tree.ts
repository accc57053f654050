import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { SearchRoot } from '../../modules/site.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import { namesIn } from '../list-directory.ts'
import { makeDirectories } from '../make-directories.ts'
import { treeUnwritable } from './failure.ts'

/** What decides which tree is changed. */
export interface TreeChoice {
  /** `--prefix`. */
  readonly prefix?: string | undefined
  /** `--cell`; true: without a path. */
  readonly cell?: string | boolean | undefined
  /** `--create`: a tree that is not there is made, whatever names it. */
  readonly create?: boolean | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/** The tree, or why there is none. */
export type TargetTree = { readonly root: SearchRoot } | { readonly error: Diagnostic }

/**
 * The one tree that a command changes: `--prefix`, else the cell, else the first directory of
 * `E3_SITEMODS_PATH`, else of `EPICS_DRIVER_PATH`. A cell is made where there is none: it is a
 * user's own (`E3_CELL_PATH`, else `cellMods` in the working directory, as e3 has it).
 *
 * Errors: `TREE_UNKNOWN`, `TREE_UNWRITABLE`.
 *
 * @param makes whether the command may make a tree: a cell always, others with `--create`
 */
export function targetTree(choice: TreeChoice, makes = false): TargetTree {
  const empty = (['prefix', 'cell'] as const).find((name) => choice[name] === '')
  if (empty) return { error: emptyName(`--${empty}`) }
  const chosen = chosenTree(choice)
  if (!chosen) return { error: unknown() }
  const root = { ...chosen, directory: resolve(choice.cwd, chosen.directory) }
  const { directory, origin } = root
  try {
    if (choice.create || (makes && origin === '--cell')) makeDirectories(directory)
    const status = statSync(directory, { throwIfNoEntry: false })
    return status?.isDirectory() ? { root } : { error: missing(root, status !== undefined, makes) }
  } catch (error) {
    return { error: treeUnwritable(directory, error) }
  }
}

function chosenTree({ prefix, cell, env }: TreeChoice): SearchRoot | undefined {
  if (prefix !== undefined) return { directory: prefix, origin: '--prefix' }
  if (cell) {
    const path = typeof cell === 'string' ? cell : env['E3_CELL_PATH'] || 'cellMods'
    return { directory: path, origin: '--cell' }
  }
  for (const origin of ['E3_SITEMODS_PATH', 'EPICS_DRIVER_PATH']) {
    const [directory] = (env[origin] ?? '').split(':').filter(Boolean)
    if (directory) return { directory, origin }
  }
  return undefined
}

/** A misspelled path is more likely than a new tree: making one has to be asked for. */
function missing({ directory, origin }: SearchRoot, isFile: boolean, makes: boolean): Diagnostic {
  if (isFile) {
    const message = `${directory}, which ${origin} names, is no directory`
    return diagnostic('TREE_UNKNOWN', message, { hint: `look at it: ls -l ${directory}` })
  }
  const near = didYouMean(basename(directory), namesIn(dirname(directory)))
  const words = makes ? [near, `${near ? 'To' : 'to'} make it: --create`] : [near]
  return diagnostic('TREE_UNKNOWN', `there is no directory ${directory}, which ${origin} names`, {
    hint: words.filter((word) => word !== undefined).join(' ') || `correct ${origin}`,
  })
}

/** As `--prefix "$TREE"` is if TREE is not set; the working directory is not meant. */
function emptyName(option: string): Diagnostic {
  return diagnostic('TREE_UNKNOWN', `${option} is empty: which module tree shall be changed?`, {
    hint: `${option} <directory>`,
  })
}

function unknown(): Diagnostic {
  return diagnostic('TREE_UNKNOWN', 'nothing says which module tree shall be changed', {
    notes: [{ message: 'neither E3_SITEMODS_PATH nor EPICS_DRIVER_PATH is set' }],
    hint: 'name it: --prefix <directory>; or take a tree of your own: --cell',
  })
}
