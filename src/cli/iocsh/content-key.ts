import type { CommandCall } from '../../shell/types.ts'
import type { LoadedFile, WalkEvent } from '../../startup/walk-types.ts'
import type { CheckerInput } from './checker.ts'

/**
 * All that decides whether the check finds something, beside files and variables of the
 * environment: what the lines of the scripts do, and not where they stand. Two starts with the same
 * key differ in comments, in what is printed, in values that reach no command.
 *
 * @returns nothing if a start is not to be remembered: hierarchies are texts that no file holds, and
 * lints depend on the lines themselves
 */
export function contentKey(input: CheckerInput): string | undefined {
  const { outcome, registrations, base, depth, cwd, moduleRecords } = input
  const { events, loaded, requests, diagnostics, macros, assumed } = outcome
  const files = [...events.flatMap(fileOf), ...assumed.files]
  if (depth !== 'errors' || files.some(isOfHierarchy)) return undefined
  return JSON.stringify([
    [cwd, outcome.cwd, base.dbd, base.executable.path, base.libraryDirectory],
    [...registrations],
    loaded.map(({ name, version, directory, library, dbd }) => [
      ...[name, version.text, directory, library, dbd],
    ]),
    requests.map(({ module }) => module),
    diagnostics.map(({ code }) => code),
    macros.scopes.some(({ isPartial }) => isPartial),
    events.filter(mayMatter).map(eventKey),
    [assumed.hasRecords, assumed.files.map(fileKey)],
    moduleRecords,
  ])
}

function fileOf(event: WalkEvent): LoadedFile[] {
  return event.kind === 'load' ? [event.file] : []
}

function isOfHierarchy({ flat, flatTemplates }: LoadedFile): boolean {
  return flat !== undefined || (flatTemplates?.size ?? 0) > 0
}

function eventKey(event: WalkEvent): unknown {
  switch (event.kind) {
    case 'module':
      return ['module', event.module.name]
    case 'load':
      return ['load', ...fileKey(event.file)]
    case 'command':
      return ['command', event.cwd, event.isKnown, ...callKey(event.call)]
    case 'init':
      return ['init']
  }
}

function fileKey({ kind, name, path, macros, searchPath, cwd, templates }: LoadedFile) {
  return [kind, name, path, macros, searchPath, cwd, [...(templates ?? [])]]
}

function callKey({ words, redirections }: CommandCall) {
  const files = redirections.map(({ mode, file }) => [mode, file.text])
  return [words.map(({ text }) => text), files]
}

/** What these print, set or read is in the words of other commands, or in none. */
function mayMatter(event: WalkEvent): boolean {
  if (event.kind !== 'command') return true
  const { name, words, redirections } = event.call
  const enough = wordsOfPlain.get(name)
  return enough === undefined || words.length < enough || redirections.length > 0
}

/** Commands that no check looks at if they have so many words. */
const wordsOfPlain: ReadonlyMap<string, number> = new Map([
  ['echo', 1],
  ['epicsEnvSet', 3],
  ['iocshLoad', 2],
])
