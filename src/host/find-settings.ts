import { lstatSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { noSettings, readSettings, type Settings } from '../settings/settings.ts'
import { isReadable, type SourceReader } from '../startup/source-reader.ts'
import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import { foldersUp } from '../text/paths.ts'
import { quoteShellWord } from '../text/shell-words.ts'
import { createSourceReader } from './source-reader.ts'

/** Where settings are searched, and who asks. */
export interface SettingsSearch {
  readonly cwd: string
  /** Default: reads this machine's files, shown from `cwd`. */
  readonly reader?: SourceReader
  /** User id of this process. */
  readonly uid: number
}

/**
 * The settings of a directory: `e3.yaml` in it or the nearest one above. Where there is none, or it
 * cannot be used, the settings are empty and belong to the directory.
 *
 * Errors: `FILE_UNREADABLE`, those of `readSettings`. Warnings: those of `locateSettings`.
 */
export function findSettings(directory: string, search: SettingsSearch): Result<Settings> {
  const reader = search.reader ?? createSourceReader(search.cwd)
  const { value: path, diagnostics } = locateSettings(directory, { ...search, reader })
  if (path === undefined) {
    return { value: noSettings(resolve(search.cwd, directory)), diagnostics }
  }
  const { value, diagnostics: found } = read(path, reader)
  return { value, diagnostics: [...diagnostics, ...found] }
}

/**
 * Where the settings of a directory are, absolute.
 *
 * Warnings: `SETTINGS_UNSAFE`, `SETTINGS_FILE_NAME`.
 */
export function locateSettings(
  directory: string,
  { cwd, uid, reader = createSourceReader(cwd) }: SettingsSearch,
): Result<string | undefined> {
  const diagnostics: Diagnostic[] = []
  for (const folder of foldersUp(resolve(cwd, directory))) {
    const path = join(folder, 'e3.yaml')
    const kind = reader.kindOf(path)
    const isThere = kind === 'file' || kind === 'other' || isLinkToNothing(kind, path)
    if (!isThere) diagnostics.push(...otherName(folder, reader))
    if (isThere && isOfStranger(path, uid)) diagnostics.push(unsafe(path))
    else if (isThere) return { value: path, diagnostics }
  }
  return { value: undefined, diagnostics }
}

function read(path: string, reader: SourceReader): Result<Settings> {
  const outcome = reader.read(path)
  if (isReadable(outcome)) return readSettings(outcome.source, path)
  const message = `cannot read the settings "${path}": ${outcome.reason}`
  const hint = `look at it: ls -ld ${quoteShellWord(path)}`
  return {
    value: noSettings(dirname(path)),
    diagnostics: [diagnostic('FILE_UNREADABLE', message, { hint })],
  }
}

/** To nowhere, or to itself: silence would look like settings without effect. */
function isLinkToNothing(kind: ReturnType<SourceReader['kindOf']>, path: string): boolean {
  try {
    return kind === undefined && lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

/**
 * In a directory that everybody may write to, such as `/tmp`, anybody can put settings, and these
 * name the programs that a check starts.
 */
function isOfStranger(path: string, uid: number): boolean {
  try {
    const { uid: owner, mode } = statSync(path)
    if (owner === uid || owner === 0) return false
    return ((mode | statSync(dirname(path)).mode) & 0o002) !== 0
  } catch {
    return false
  }
}

function unsafe(path: string): Diagnostic {
  return diagnostic(
    'SETTINGS_UNSAFE',
    `${path} is not read: it is another user's, where everybody can write`,
    { hint: `look at it, then take it over: cp ${path} e3.yaml` },
  )
}

/** Other programs read both endings. */
function otherName(folder: string, reader: SourceReader): Diagnostic[] {
  const path = join(folder, 'e3.yml')
  if (reader.kindOf(path) !== 'file') return []
  const hint = `mv ${path} ${join(folder, 'e3.yaml')}`
  return [diagnostic('SETTINGS_FILE_NAME', `${path} is not read: settings are e3.yaml`, { hint })]
}
