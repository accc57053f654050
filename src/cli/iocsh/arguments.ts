import type { Action, Argument, LaunchRequest, MacroArgument, Tool } from '../../startup/request.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { splitShellWords } from '../../text/shell-words.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { LockChoice } from '../lock/find-lock.ts'
import { type Format, formats } from '../reporter.ts'
import { findOption, type OptionKey, type OptionSpec, optionNames } from './options.ts'

/** What the command line asks for: how to answer, and what to start. */
export interface CommandLine {
  readonly mode: 'start' | 'dry-run' | 'help' | 'version'
  readonly format: Format
  readonly quiet: boolean
  /** How much is said about what the IOC will load. */
  readonly check: CheckLevel
  readonly lock: LockChoice
  readonly request: LaunchRequest
}

const checkLevels = ['errors', 'all'] as const

/** `none` after `--no-check`. */
export type CheckLevel = (typeof checkLevels)[number] | 'none'

/**
 * Reads the arguments of `iocsh` from left to right; nothing is reordered (e3 5.0, PSI).
 *
 * Errors: `OPTION_UNKNOWN`, `OPTION_VALUE`; the caller ends with the exit code for wrong usage.
 */
export function parseArguments(words: readonly Argument[]): Result<CommandLine> {
  const state: State = {
    words,
    next: 0,
    actions: [],
    modulePaths: [],
    flags: new Set(),
    diagnostics: [],
  }
  while (state.next < words.length) {
    const word = words[state.next++]
    if (word) takeWord(state, word)
  }
  return { value: commandLineOf(state), diagnostics: state.diagnostics }
}

interface State {
  readonly words: readonly Argument[]
  next: number
  readonly actions: Action[]
  readonly modulePaths: Argument[]
  readonly flags: Set<OptionKey>
  readonly diagnostics: Diagnostic[]
  /** Macros of the file before, while `NAME=value` still belongs to it. */
  macros?: MacroArgument[] | undefined
  iocName?: Argument
  base?: Argument
  format?: Format
  check?: CheckLevel
  lock?: Argument
  tool?: Tool
}

function commandLineOf({
  actions,
  modulePaths,
  flags,
  iocName,
  base,
  tool,
  format,
  check,
  lock,
}: State): CommandLine {
  const mode = flags.has('help')
    ? 'help'
    : flags.has('version')
      ? 'version'
      : flags.has('dryRun')
        ? 'dry-run'
        : 'start'
  return {
    mode,
    format: format ?? 'text',
    quiet: flags.has('quiet'),
    check: flags.has('noCheck') ? 'none' : (check ?? 'errors'),
    lock: flags.has('noLock')
      ? { kind: 'none' }
      : lock
        ? { kind: 'named', file: lock }
        : { kind: 'beside' },
    request: {
      actions,
      modulePaths,
      init: !flags.has('noInit'),
      noShell: flags.has('noShell'),
      realtime: flags.has('realtime'),
      debug: flags.has('debug'),
      ...(iocName && { iocName }),
      ...(base && { base }),
      ...(tool && { tool }),
    },
  }
}

function takeWord(state: State, word: Argument): void {
  const isOption = word.text.startsWith('-') && word.text !== '-'
  const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word.text)
  if (word.text === '') complain(state, word, 'an argument is empty')
  else if (isOption) takeOption(state, word)
  else if (assignment) takeAssignment(state, assignment, word)
  else takeFile(state, word, false)
}

/** A macro of the file before it, or else a variable of the environment. */
function takeAssignment(
  state: State,
  [, name = '', value = '']: RegExpExecArray,
  { at }: Argument,
): void {
  if (state.macros) state.macros.push({ name, value, at })
  else state.actions.push({ kind: 'environment', name, value, at })
}

function takeFile(state: State, { text, at }: Argument, isDatabase: boolean): void {
  const macros: MacroArgument[] = []
  state.macros = macros
  state.actions.push({ kind: 'file', path: text, isDatabase, macros, at })
}

function takeOption(state: State, word: Argument): void {
  state.macros = undefined
  const { name, attached } = splitOption(word)
  const spec = findOption(name)
  const value = spec?.value ? takeValue(state, spec, attached) : undefined
  if (!spec) state.diagnostics.push(unknownOption(word, name))
  else if (!spec.value && attached) complain(state, word, `option ${name} takes no value`)
  else if (spec.value && !spec.optionalValue && !value) {
    complain(state, word, `option ${name} needs a value: ${name} ${spec.value}`)
  } else if (value?.text === '' && isPath(spec)) {
    complain(state, value, `option ${name} is given nothing as its ${spec.value}`)
  } else applyOption(state, spec.key, { word, value })
}

/** Joined to the working directory, an empty path would silently be that. */
function isPath({ value }: OptionSpec): boolean {
  return value === 'FILE' || value === 'DIRECTORY'
}

/** `--option=value`; short options have no such form, `-l=/path` is a mistake we can name. */
function splitOption({ text, at }: Argument): { name: string; attached?: Argument } {
  const equals = text.indexOf('=')
  if (!text.startsWith('--') || equals < 0) return { name: text }
  const start = Math.min(at.end, at.start + equals + 1)
  return {
    name: text.slice(0, equals),
    attached: { text: text.slice(equals + 1), at: { ...at, start } },
  }
}

/**
 * The value of an option. One that may be left out is taken from the next word only if that begins
 * with `-` and is no option of ours: `-dg st.cmd` must not take the script for arguments of gdb.
 */
function takeValue(
  state: State,
  spec: OptionSpec,
  attached: Argument | undefined,
): Argument | undefined {
  if (attached) return attached
  const next = state.words[state.next]
  if (!next) return undefined
  const isOption = next.text.startsWith('-') && findOption(splitOption(next).name) !== undefined
  const isValue = spec.optionalValue ? next.text.startsWith('-') && !isOption : !isOption
  if (!isValue) return undefined
  state.next++
  return next
}

interface Given {
  readonly word: Argument
  readonly value: Argument | undefined
}

function applyOption(state: State, key: OptionKey, { word, value }: Given): void {
  switch (key) {
    case 'require':
    case 'command':
    case 'sequencer':
      if (value) state.actions.push({ kind: key, ...value })
      return
    case 'database':
      if (value) takeFile(state, value, true)
      return
    case 'modulePath':
      if (value) state.modulePaths.push(value)
      return
    case 'iocName':
    case 'base':
    case 'lock':
      if (value) state[key] = value
      return
    case 'format':
      if (value) takeFormat(state, value)
      return
    case 'check':
      if (value) takeCheckLevel(state, value)
      return
    case 'gdb':
    case 'valgrind':
    case 'strace':
      takeTool(state, word, { kind: key, ...(value && { arguments: value }) })
      return
    default:
      state.flags.add(key)
  }
}

function takeFormat(state: State, value: Argument): void {
  const format = formats.find((name) => name === value.text)
  if (format) state.format = format
  else complain(state, value, `format "${value.text}" is not one of ${formats.join(', ')}`)
}

function takeCheckLevel(state: State, value: Argument): void {
  const level = checkLevels.find((name) => name === value.text)
  if (level) state.check = level
  else complain(state, value, `check "${value.text}" is not one of ${checkLevels.join(', ')}`)
}

/** e3 5.1: gdb, valgrind and the like exclude each other. `--dgarg` after `-dg` completes it. */
function takeTool(state: State, word: Argument, tool: Tool): void {
  const other = state.tool?.kind
  if (other !== undefined && other !== tool.kind) {
    complain(state, word, `an IOC cannot run under ${other} and ${tool.kind} at once`)
  } else if (tool.arguments && splitShellWords(tool.arguments).unclosed !== undefined) {
    complain(state, tool.arguments, `a quote in the arguments of ${tool.kind} is never closed`)
  } else state.tool = { ...state.tool, ...tool }
}

function complain(state: State, { at }: Argument, message: string): void {
  state.diagnostics.push(diagnostic('OPTION_VALUE', message, { at, hint: 'see iocsh --help' }))
}

function unknownOption({ at }: Argument, name: string): Diagnostic {
  return diagnostic('OPTION_UNKNOWN', `there is no option ${name}`, {
    at,
    hint: otherLaunchers[name] ?? didYouMean(name, optionNames()) ?? 'see iocsh --help',
  })
}

/** Options of others whose names lead astray here. */
const otherLaunchers: Readonly<Partial<Record<string, string>>> = {
  // PSI: memory.
  '--nolock':
    'leave it out: base locks memory or not by its variable dbThreadRealtimeLock; --no-lock is about module versions',
}
