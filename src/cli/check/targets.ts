import { dirname, resolve } from 'node:path'
import type { Dialect } from '../../database/substitutions/types.ts'
import { findTargets, type WordTargets } from '../../host/find-targets.ts'
import type { UnreadableFolder } from '../../host/list-directory.ts'
import { mostEntries } from '../../host/walk-folder.ts'
import { formatDefinitions } from '../../macro/definitions.ts'
import type { LockInForce } from '../../modules/lock/lock-in-force.ts'
import type { IocSettings, Settings } from '../../settings/settings.ts'
import { quoteCommand } from '../../shell/quote.ts'
import { type FileKind, fileKind, isHierarchy } from '../../startup/file-types.ts'
import type { Action, Argument, MacroArgument } from '../../startup/request.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { baseName, resolvePath } from '../../text/paths.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import type { Span } from '../../text/span.ts'
import type { LockChoice } from '../lock/find-lock.ts'
import type { FileWord } from './file-words.ts'
import { type FurtherArguments, furtherArguments } from './further-arguments.ts'

/** A startup script, or a file that is looked at as if an IOC loaded it alone. */
export interface CheckTarget {
  /** As it is shown. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly kind: TargetKind
  /** Found in a folder: only parts of others if those load it. */
  readonly isFound: boolean
  readonly iocName: string
  /** The name that was given to the IOC, else that of the file: of two IOCs, which one is meant. */
  readonly label: string
  /** Absolute; where the IOC starts. With several, the first one that has the files it loads. */
  readonly folders: readonly string[]
  /** Added to the environment of this process. */
  readonly environment: ReadonlyMap<string, string>
  readonly actions: readonly Action[]
  /** A template that nobody gave macros for: what depends on them cannot be judged. */
  readonly isTemplate: boolean
  /** Of a startup script. */
  readonly lock?: LockChoice | GivenLock
  /** `arguments` of the settings; the actions have theirs already. */
  readonly further?: FurtherArguments
}

/** A lock that is read already; nothing is looked for. */
export interface GivenLock {
  readonly kind: 'given'
  readonly lock: LockInForce | undefined
}

/** Beside the files that `iocsh` takes: request files of autosave, access security files. */
type TargetKind = FileKind | 'request' | 'access'

/** Files whose macros are given by those who load them. */
const templateKinds: ReadonlySet<TargetKind> = new Set([
  ...(['database', 'dbd', 'substitutions', 'request'] as const),
])

/** A target that is started, not a file that is looked at alone. */
export function isIoc({ kind }: CheckTarget): boolean {
  return kind === 'script'
}

/** Nobody said what the IOC has that will load this file. */
export function isLone(target: CheckTarget): boolean {
  return !isIoc(target) && !target.actions.some(({ kind }) => kind === 'require')
}

/** A substitution file alone may be for msi. */
export function dialectOf(target: CheckTarget): Dialect {
  return isIoc(target) ? 'dbLoadTemplate' : 'both'
}

/** What the options say about all targets. */
export interface TargetOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** `-r` of the command line, `module[,version]`. */
  readonly requires: readonly Argument[]
  readonly settings: Settings
  /** `--cd`: each script starts in its own folder. */
  readonly startsInFolder: boolean
  /** Default: locks beside the scripts. */
  readonly lock?: LockChoice | undefined
  /** Of argument files. */
  readonly reader: SourceReader
}

/** A file that is looked at, before the options are added. */
export interface NamedFile {
  readonly name: string
  readonly path: string
  readonly isFound: boolean
  readonly macros: readonly MacroArgument[]
  readonly at: Span
  readonly iocName?: string
  /** Absolute; the folder that was named. */
  readonly folder?: string
  /** What the settings say about this IOC. */
  readonly ioc?: IocSettings
}

/** Files, and the folders whose content says which there are. */
export interface NamedFiles extends Result<NamedFile[]> {
  /** Absolute. */
  readonly folders: readonly string[]
}

/**
 * The files that the words mean.
 *
 * Errors: `NOTHING_FOUND` for a folder without anything to check, or that is not there, and for a
 * pattern that fits nothing; `FILE_UNREADABLE`, a warning if it is not the folder that was named, or
 * has too many files.
 *
 * @param most - files of any kind below one folder
 */
export async function filesOf(
  words: readonly FileWord[],
  cwd: string,
  most: number = mostEntries,
): Promise<NamedFiles> {
  const found = await Promise.all(
    words.map(async (word) => ({ ...(await findTargets(word.text, cwd, most)), word })),
  )
  const value = found.flatMap(({ word, targets }) =>
    targets.map(
      (target): NamedFile => ({
        ...{ ...target, macros: word.macros, at: word.at },
        ...(target.isFound && { folder: resolve(cwd, word.text) }),
      }),
    ),
  )
  const diagnostics = found.flatMap(({ word, ...one }) => {
    const closed = one.unreadable.map((folder) => unreadableFolder(folder, word, cwd))
    const isNothing = one.targets.length === 0 && !hasErrors(closed)
    return [
      ...(isNothing ? [nothingFound(word, one)] : []),
      ...closed,
      ...(one.isCut ? [cutFolder(word, most)] : []),
    ]
  })
  return { value, folders: found.flatMap(({ folders }) => folders), diagnostics }
}

/** An error if it was named: nothing of what was asked can be done. */
function unreadableFolder(
  { name, reason }: UnreadableFolder,
  { text, at }: FileWord,
  cwd: string,
): Diagnostic {
  const message = `the folder "${name}" cannot be read: ${reason}`
  const isNamed = resolve(cwd, name) === resolve(cwd, text)
  return diagnostic('FILE_UNREADABLE', message, {
    at,
    notes: isNamed ? [] : [{ message: 'what is in it is not looked at' }],
    hint: `look at it: ls -ld ${quoteShellWord(name)}`,
    severity: isNamed ? 'error' : 'warning',
  })
}

function cutFolder({ text, at }: FileWord, most: number): Diagnostic {
  const message = `the folder "${text}" has more than ${most} files`
  return diagnostic('FILE_UNREADABLE', message, {
    at,
    notes: [{ message: 'not all of them are looked at' }],
    hint: 'name folders in it',
    severity: 'warning',
  })
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

function nothingFound(
  { text, at }: FileWord,
  { isEmptyFolder, links }: Pick<WordTargets, 'isEmptyFolder' | 'links'>,
): Diagnostic {
  const message = isEmptyFolder
    ? `there are neither startup scripts nor databases in the folder ${text}`
    : text.endsWith('/')
      ? `there is no folder ${text}`
      : `no file fits the pattern ${text}`
  const hint = 'name a startup script, a database, or a folder that holds some'
  const notes = links.map((link) => ({ message: `the link ${link} to a folder is not followed` }))
  return diagnostic('NOTHING_FOUND', message, { at, notes, hint })
}

/** The IOCs that these files would be. */
export function targetsOf(files: readonly NamedFile[], options: TargetOptions): CheckTarget[] {
  const several = files.length > 1
  return files.map((file, index): CheckTarget => {
    const { name, path, isFound, macros, ioc } = file
    const kind = targetKind(path)
    const more = ioc && furtherArguments(ioc, options.settings, options.reader)
    // Names of IOCs begin names of records: two IOCs without a name must not seem to share them.
    const other = options.env['IOCNAME'] || (several ? `TEST:${index + 1}` : 'TEST')
    const folders = foldersOf(kind, file, options)
    return {
      ...{ name, path, kind, isFound: isFound && !ioc, folders },
      iocName: more?.iocName?.text ?? file.iocName ?? other,
      label: file.iocName ?? name,
      environment: environmentOf(kind, path, options),
      actions: [
        ...actionsBefore(file, options),
        ...fileActions(kind, file, folders),
        ...(more?.actions ?? []),
      ],
      isTemplate: templateKinds.has(kind) && macros.length === 0,
      ...(kind === 'script' && { lock: options.lock ?? more?.lock ?? { kind: 'beside' } }),
      ...(more && { further: more }),
    }
  })
}

function actionsBefore({ ioc }: NamedFile, { requires, settings }: TargetOptions): Action[] {
  const { environment, require } = ioc ?? settings
  return [
    ...environment.map(
      ({ key, value }): Action => ({
        ...{ kind: 'environment', name: key.text, value: value.text, at: value.at },
      }),
    ),
    ...[...require, ...requires].map((one): Action => ({ kind: 'require', ...one })),
  ]
}

/** A file that commands of an IOC name and nothing loads: for autosave, access security. */
export function isNamedFile(path: string): boolean {
  const kind = targetKind(path)
  return kind === 'request' || kind === 'access'
}

function targetKind(path: string): TargetKind {
  if (path.endsWith('.req')) return 'request'
  return path.endsWith('.acf') ? 'access' : fileKind(path)
}

/** No argument of `iocsh` loads such files, but commands do. */
function fileActions(kind: TargetKind, file: NamedFile, folders: readonly string[]): Action[] {
  if (!isNamedFile(file.path)) return [fileAction(file, folders)]
  const list = formatDefinitions(file.macros.map(({ name, value }) => [name, value])) ?? ''
  const calls =
    kind === 'request'
      ? [
          ['set_requestfile_path', dirname(file.path)],
          ['create_manual_set', baseName(file.path), list],
        ]
      : [
          ['asSetSubstitutions', list],
          ['asSetFilename', file.path],
        ]
  return calls.flatMap(([name = '', ...words]): Action[] => {
    const text = quoteCommand(name, words)
    return text === undefined ? [] : [{ kind: 'command', text, at: file.at }]
  })
}

function fileAction({ name, path, macros, at }: NamedFile, folders: readonly string[]): Action {
  // As it was typed where it is found by that, since scripts may look at their own path.
  const isTyped = folders.length === 1 && path === resolvePath(folders[0] ?? '/', name)
  return { kind: 'file', path: isTyped ? name : path, isDatabase: false, macros, at }
}

/** Scripts that nobody named are usually started in their own folder, or else from above. */
function foldersOf(
  kind: TargetKind,
  { path, isFound, ioc }: NamedFile,
  { cwd, settings, startsInFolder }: TargetOptions,
): string[] {
  const own = dirname(path)
  if (kind !== 'script') return [cwd]
  if (startsInFolder) return [own]
  if (ioc) return [...new Set([own, settings.directory])]
  return isFound ? [...new Set([own, cwd])] : [cwd]
}

/**
 * What a lone database includes is beside it, wherever the check was started. Hierarchies look there
 * by themselves, and would find other files with this.
 */
function environmentOf(
  kind: TargetKind,
  path: string,
  { env: { EPICS_DB_INCLUDE_PATH: known } }: Pick<TargetOptions, 'env'>,
): ReadonlyMap<string, string> {
  if (kind === 'script' || isHierarchy(path)) return new Map()
  return new Map([['EPICS_DB_INCLUDE_PATH', `${known || '.'}:${dirname(path)}`]])
}
