import { formatDefinitions } from '../macro/definitions.ts'
import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import { directoryOf, joinPath } from '../text/paths.ts'
import type { Source } from '../text/source.ts'
import type { Span } from '../text/span.ts'
import { commandLine, isWritable } from './command-line.ts'
import { fileKind } from './file-types.ts'
import { followPath } from './follow-path.ts'
import type { Action, FileAction, MacroArgument } from './request.ts'
import type { SourceReader } from './source-reader.ts'
import type { Part } from './walk-types.ts'

/**
 * The lines that each argument becomes, in the order of the arguments (family 5.0; e3.md 1.2).
 *
 * Errors: `FILE_TYPE` for files that cannot be started yet, `VALUE_NOT_WRITABLE` for text that no
 * line of the IOC shell can hold.
 */
export function partsOf(actions: readonly Action[], surroundings: Surroundings): Result<Part[]> {
  const diagnostics: Diagnostic[] = []
  const parts = actions.map((action): Part => {
    const { value: lines, diagnostics: found } = linesOf(action, surroundings)
    diagnostics.push(...found)
    const absolute = action.kind === 'file' && {
      ...action,
      path: joinPath(surroundings.cwd, action.path),
    }
    return {
      at: action.at,
      source: sourceOf(lines),
      needsInit: isSequencer(action),
      isRequest: action.kind === 'require',
      isScript: isScript(action),
      ...(absolute && { elsewhere: sourceOf(linesOf(absolute, surroundings).value) }),
    }
  })
  return { value: parts, diagnostics }
}

/** Where relative paths start, and how links are followed. */
export interface Surroundings {
  readonly cwd: string
  readonly reader: SourceReader
}

function sourceOf(lines: readonly string[]): Source {
  return { name: '<command line>', text: lines.map((line) => `${line}\n`).join('') }
}

/** PSI and e3: a program of the sequencer is started once the IOC runs. */
function isSequencer(action: Action): boolean {
  return action.kind === 'sequencer' || (action.kind === 'command' && /^\s*seq\b/.test(action.text))
}

function isScript(action: Action): boolean {
  return action.kind === 'file' && !action.isDatabase && fileKind(action.path) === 'script'
}

function linesOf(action: Action, surroundings: Surroundings): Result<string[]> {
  switch (action.kind) {
    case 'require':
      return requireLine(action)
    case 'command':
      return { value: action.text.split('\n'), diagnostics: [] }
    case 'sequencer':
      return { value: sequencerLine(action.text).split('\n'), diagnostics: [] }
    case 'environment':
      return lines(action.at, ['epicsEnvSet', action.name, action.value])
    case 'file':
      return fileLines(action, surroundings)
  }
}

/** As in a script: the IOC shell splits it into words, with its quotes and macros. */
function requireLine({ text, at }: Extract<Action, { kind: 'require' }>): Result<string[]> {
  return isWritable(text) ? { value: [`require ${text}`], diagnostics: [] } : notWritable(at)
}

/** `seq` takes its macros as one argument: without quotes the IOC shell would cut them at commas. */
function sequencerLine(text: string): string {
  const [, program, macros] =
    /^ *([^\s"',()]+) +(\w+=[^\s"',]*(?: *, *\w+=[^\s"',]*)+) *$/.exec(text) ?? []
  return program && macros ? `seq ${program} "${macros}"` : `seq ${text}`
}

/** Lines of words, or the message that one of them cannot be written. */
function lines(at: Span, ...commands: readonly (readonly string[])[]): Result<string[]> {
  if (!commands.flat().every(isWritable)) return notWritable(at)
  return {
    value: commands.map(([name = '', ...words]) => commandLine(name, words)),
    diagnostics: [],
  }
}

function notWritable(at: Span): Result<string[]> {
  const message = 'a line end or NUL in this argument cannot be given to the IOC shell'
  return { value: [], diagnostics: [diagnostic('VALUE_NOT_WRITABLE', message, { at })] }
}

function fileLines(action: FileAction, { cwd, reader }: Surroundings): Result<string[]> {
  const { path, isDatabase, macros, at } = action
  const { value: list, diagnostics } = macroList(macros)
  if (list === undefined) return { value: [], diagnostics }
  const given = list === '' ? [] : [list]
  switch (isDatabase ? 'database' : fileKind(path)) {
    case 'database':
      return lines(at, ['dbLoadRecords', path, ...given])
    case 'substitutions':
      return lines(at, ['dbLoadTemplate', path, ...given])
    case 'dbd':
      return lines(at, ['dbLoadDatabase', path, ...(list === '' ? [] : ['', list])])
    case 'library':
      return lines(at, ['dlload', path.includes('/') ? path : `./${path}`])
    case 'script': {
      const absolute = followPath(cwd, path, reader)
      // Pipes have no folder of their own: iocsh <(command).
      const isStream = reader.kindOf(absolute) === 'other'
      const top = isStream ? cwd : directoryOf(reader.realPath(absolute))
      return lines(
        at,
        ['epicsEnvSet', 'E3_CMD_TOP', top],
        // Base 7.0.9 and later would leave the path of the generated script in it.
        ['epicsEnvSet', 'IOCSH_STARTUP_SCRIPT', path],
        ['iocshLoad', path, ...given],
      )
    }
    case 'unsupported':
      return { value: [], diagnostics: [unsupported(action)] }
  }
}

/**
 * Macros as a definition list: values are taken as they are, but for references to other macros,
 * which stay alive as in e3.
 */
function macroList(macros: readonly MacroArgument[]): Result<string | undefined> {
  const items: string[] = []
  for (const { name, value, at } of macros) {
    const item = /\$[({]/.test(value)
      ? `${name}="${value.replace(/[\\"]/g, '\\$&')}"`
      : formatDefinitions([[name, value]])
    if (item === undefined) {
      const message = `the value of ${name} cannot be a macro: it is longer than 256 bytes or holds NUL`
      return { value: undefined, diagnostics: [diagnostic('VALUE_NOT_WRITABLE', message, { at })] }
    }
    items.push(item)
  }
  return { value: items.join(','), diagnostics: [] }
}

function unsupported({ path, at }: FileAction): Diagnostic {
  return diagnostic('FILE_TYPE', `files like "${path}" cannot be started by this version`, {
    at,
    hint: 'supported: startup scripts, .db, .dbt, .template, .vdb, .sub, .subs, .subst, .substitutions, .dbd, .so',
  })
}
