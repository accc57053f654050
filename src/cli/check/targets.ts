import { dirname } from 'node:path'
import { findTargets } from '../../host/find-targets.ts'
import { type FileKind, fileKind } from '../../startup/file-types.ts'
import type { Action, Argument, MacroArgument } from '../../startup/request.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { FileWord } from './file-words.ts'

/** A startup script, or a file that is looked at as if an IOC loaded it alone. */
export interface CheckTarget {
  /** As it is shown. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly kind: FileKind
  /** Found in a folder: only parts of others if those load it. */
  readonly isFound: boolean
  readonly iocName: string
  /** Absolute; where the IOC starts. */
  readonly cwd: string
  /** Added to the environment of this process. */
  readonly environment: ReadonlyMap<string, string>
  readonly actions: readonly Action[]
  /** A template that nobody gave macros for: what depends on them cannot be judged. */
  readonly isTemplate: boolean
}

/** What the options say about all targets. */
export interface TargetOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** `-r` of the command line, `module[,version]`. */
  readonly requires: readonly Argument[]
  /** `--cd`: each script starts in its own folder. */
  readonly startsInFolder: boolean
}

/** A file that is looked at, before the options are added. */
export interface NamedFile {
  readonly name: string
  readonly path: string
  readonly isFound: boolean
  readonly macros: readonly MacroArgument[]
  readonly at: Span
  readonly iocName?: string
}

/**
 * The files that the words mean.
 *
 * Errors: `NOTHING_FOUND` for a folder without anything to check.
 */
export async function filesOf(
  words: readonly FileWord[],
  cwd: string,
): Promise<Result<NamedFile[]>> {
  const found = await Promise.all(
    words.map(async (word) => ({ ...(await findTargets(word.text, cwd)), word })),
  )
  const value = found.flatMap(({ word, targets }) =>
    targets.map((target) => ({ ...target, macros: word.macros, at: word.at })),
  )
  const diagnostics = found
    .filter(({ isEmptyFolder }) => isEmptyFolder)
    .map(({ word }) => nothingIn(word))
  return { value, diagnostics }
}

/** Each file once, however often it is named with the same macros and for the same IOC. */
export function distinctFiles(files: readonly NamedFile[]): NamedFile[] {
  const distinct = new Map<string, NamedFile>()
  for (const file of files) {
    const macros = file.macros.map(({ name, value }) => [name, value])
    const key = JSON.stringify([file.path, macros, file.iocName])
    if (!distinct.has(key)) distinct.set(key, file)
  }
  return [...distinct.values()]
}

function nothingIn({ text, at }: FileWord): Diagnostic {
  const message = `there are neither startup scripts nor databases in the folder ${text}`
  const hint = 'name a startup script, a database, or a folder that holds some'
  return diagnostic('NOTHING_FOUND', message, { at, hint })
}

/** The IOCs that these files would be. */
export function targetsOf(files: readonly NamedFile[], options: TargetOptions): CheckTarget[] {
  const { cwd, env, requires, startsInFolder } = options
  const several = files.length > 1
  return files.map((file, index): CheckTarget => {
    const { name, path, isFound, macros, at } = file
    const kind = fileKind(path)
    const ownFolder = kind === 'script' && (isFound || startsInFolder)
    return {
      ...{ name, path, kind, isFound },
      // Names of IOCs begin names of records: two IOCs without a name must not seem to share them.
      iocName: file.iocName ?? (env['IOCNAME'] || (several ? `TEST:${index + 1}` : 'TEST')),
      cwd: ownFolder ? dirname(path) : cwd,
      environment: environmentOf(kind, path, env),
      actions: [
        ...requires.map((one): Action => ({ kind: 'require', ...one })),
        { kind: 'file', path: ownFolder ? path : name, isDatabase: false, macros, at },
      ],
      isTemplate: (kind === 'database' || kind === 'substitutions') && macros.length === 0,
    }
  })
}

/** What a lone database includes is beside it, wherever the check was started. */
function environmentOf(
  kind: FileKind,
  path: string,
  { EPICS_DB_INCLUDE_PATH: known }: TargetOptions['env'],
): ReadonlyMap<string, string> {
  if (kind === 'script') return new Map()
  return new Map([['EPICS_DB_INCLUDE_PATH', `${known || '.'}:${dirname(path)}`]])
}
