import type { Redirection, ScriptRun } from '../shell/types.ts'
import { baseName } from '../text/paths.ts'
import type { Source } from '../text/source.ts'
import type { ShellFeatures } from './base-features.ts'
import { commandLine, includeLine, redirection, scriptText, userText } from './command-line.ts'
import type { FlatEdit, FlatTemplate, InitEdit, RequireEdit } from './edit.ts'
import type { GeneratedFile } from './generated-file.ts'
import { type RequireFileOptions, requireFileText } from './require-file.ts'
import { isFileRun, ownRedirections } from './walk-state.ts'
import type { WalkOutcome } from './walk-types.ts'

/** What a rewriting needs beside the walk. */
export interface RewriteOptions extends RequireFileOptions {
  /** Absolute path of the run directory. */
  readonly directory: string
  readonly shell: ShellFeatures
}

/** The lines of the startup script and the files they refer to. */
export interface Rewriting {
  /** One a part. */
  readonly parts: readonly string[]
  /** Commands that run after `iocInit`. */
  readonly afterInit: readonly string[]
  readonly files: readonly GeneratedFile[]
}

/**
 * Puts the resolved modules into the scripts: a `require` line becomes `< 'file'`, where the file
 * loads what is new at this place. Scripts that hold such lines, or load scripts that do, are
 * copied; their line numbers and base names stay true (design decision 1).
 */
export function rewrite(outcome: WalkOutcome, options: RewriteOptions): Rewriting {
  const state: State = {
    outcome,
    options,
    files: [],
    numbers: { script: 0, require: 0, database: 0 },
    copies: new Map(),
    databases: new Map(),
  }
  const parts = outcome.runs.map((run) => rewrittenText(run, state))
  const afterInit = [...outcome.delayed]
    .filter(([, { name }]) => name === 'afterInit')
    .map(([run]) => rewrittenText(run, state).trimEnd())
  const init = initEdit(outcome)
  if (init) {
    state.files.push({
      path: initFile,
      text: [init.call.name, ...afterInit].map(userText).join(''),
    })
  }
  return { parts, afterInit, files: state.files }
}

interface State {
  readonly outcome: WalkOutcome
  readonly options: RewriteOptions
  readonly files: GeneratedFile[]
  readonly numbers: { script: number; require: number; database: number }
  /** Whether a run is written anew. */
  readonly copies: Map<ScriptRun, boolean>
  /** Where flat databases are written, each once. */
  readonly databases: Map<Source, string>
}

const initFile = 'iocInit.cmd'

function initEdit({ edits }: WalkOutcome): InitEdit | undefined {
  const all = [...edits.values()].flatMap((lines) => [...lines.values()])
  return all.find((edit) => edit.kind === 'init')
}

/** The text of a run with its edits, ending in a line end. */
function rewrittenText(run: ScriptRun, state: State): string {
  const lines = run.source.text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (const [number, text] of replacements(run, state)) {
    if (state.options.shell.continuation) emptyContinuation(lines, number)
    lines[number - 1] = text
  }
  // Base 7.0.10 crashes where the file ends in a line that is to be joined with the next one.
  if (lines.at(-1)?.endsWith('\\')) lines.push('')
  return lines.map((line) => `${line}\n`).join('')
}

/** The further lines of a command that is replaced stay as empty ones: so line numbers stay true. */
function emptyContinuation(lines: string[], number: number): void {
  const start = number - 1
  const last = lines.findIndex((line, index) => index >= start && !line.endsWith('\\'))
  lines.fill('', start, last < 0 ? lines.length : last + 1)
}

function* replacements(run: ScriptRun, state: State): Generator<[line: number, text: string]> {
  const edits = state.outcome.edits.get(run)
  for (const [number, edit] of edits ?? []) {
    if (edit.kind === 'require') {
      const line = include(writeRequireFile(edit, state), state)
      yield [number, line + redirected(edit.redirections)]
    } else if (edit.kind === 'flat') yield [number, flatLine(edit, state)]
    else if (edit.kind === 'init') {
      yield [number, include(initFile, state) + redirected(ownRedirections(edit.call))]
    } else yield [number, `# ${lineOf(run, number).replace(/\\$/, '')}`]
  }
  for (const child of state.outcome.children.get(run) ?? []) {
    const number = child.parent?.number ?? 0
    if (edits?.has(number) || !isCopied(child, state)) continue
    yield [number, loadLine(child, run, state)]
  }
}

function lineOf(run: ScriptRun, number: number): string {
  return (run.source.text.split('\n')[number - 1] ?? '').trim()
}

function writeRequireFile(edit: RequireEdit, state: State): string {
  const path = `require/${++state.numbers.require}-${edit.request.module}.cmd`
  state.files.push({ path, text: requireFileText(edit, state.options) })
  return path
}

/** The line with the flat database, or a copy of the substitution file, in the place of the file. */
function flatLine(edit: FlatEdit, state: State): string {
  const { templates, source, call } = edit
  const path = templates
    ? writeDatabase({ ...edit, source: withFlatNames(source, templates, state) }, state)
    : writeDatabase(edit, state)
  const more = call.words.slice(2).map(({ text }) => text)
  return commandLine(call.name, [path, ...more]) + redirected(ownRedirections(call))
}

/** A substitution file with the paths of flat databases; line numbers stay true. */
function withFlatNames(source: Source, templates: readonly FlatTemplate[], state: State): Source {
  const parts: string[] = []
  let end = 0
  for (const template of templates) {
    parts.push(source.text.slice(end, template.start), `"${writeDatabase(template, state)}"`)
    end = template.end
  }
  return { ...source, text: parts.join('') + source.text.slice(end) }
}

/** @returns the absolute path of the file */
function writeDatabase(
  { name, source }: Pick<FlatTemplate, 'name' | 'source'>,
  { databases, files, numbers, options }: State,
): string {
  const known = databases.get(source)
  if (known !== undefined) return known
  const path = `databases/${++numbers.database}/${name}`
  files.push({ path, text: source.text, encoding: source.encoding ?? 'utf8' })
  const absolute = `${options.directory}/${path}`
  databases.set(source, absolute)
  return absolute
}

function include(path: string, { options }: State): string {
  return includeLine(`${options.directory}/${path}`)
}

/** The line that runs the copy in the same way as the original line ran the original. */
function loadLine(child: ScriptRun, parent: ScriptRun, state: State): string {
  const delayed = state.outcome.delayed.get(child)
  if (delayed) {
    const body = rewrittenText(child, state).trimEnd()
    return commandLine(delayed.name, [body]) + redirected(ownRedirections(delayed))
  }
  const redirections = child.redirections.filter((one) => !parent.redirections.includes(one))
  const macros = child.macros === undefined ? [] : [child.macros]
  if (child.kind === 'iocshRun' || child.kind === 'iocshCmd') {
    const body = rewrittenText(child, state).trimEnd()
    return commandLine(child.kind, [body, ...macros]) + redirected(redirections)
  }
  const copy = `${state.options.directory}/${writeCopy(child, state)}`
  const line = child.kind === '<' ? includeLine(copy) : commandLine(child.kind, [copy, ...macros])
  return line + redirected(redirections)
}

function redirected(redirections: readonly Redirection[]): string {
  return redirections
    .filter(({ mode }) => mode !== 'read')
    .map(({ fd, mode, file }) => redirection(`${fd}${mode === 'append' ? '>>' : '>'}`, file.text))
    .join('')
}

/** @returns the path of the copy in the run directory */
function writeCopy(run: ScriptRun, state: State): string {
  const path = copyPath(run, state)
  const text = rewrittenText(run, state)
  const encoding = run.source.encoding ?? 'utf8'
  if (run.kind !== 'iocshLoad' || state.options.shell.keepsStartupScript) {
    state.files.push({ path, text, encoding })
    return path
  }
  // Older iocshLoad has set IOCSH_STARTUP_SCRIPT to the copy: in front of a line it is put back.
  const restore = commandLine('epicsEnvSet', ['IOCSH_STARTUP_SCRIPT', run.path])
  const begin = copyPath(run, state)
  const lines = text.split('\n')
  const index = restoringLine(lines)
  const copied = lines.with(index, include(begin, state)).join('\n')
  state.files.push(
    { path: begin, text: `${scriptText([restore])}${lines[index]}\n`, encoding },
    { path, text: `${copied.replace(/\n$/, '')}\n`, encoding },
  )
  return path
}

/** Each copy lies in a folder of its own, so that its base name is that of the original. */
function copyPath({ path }: ScriptRun, { numbers }: State): string {
  return `scripts/${++numbers.script}/${baseName(path)}`
}

/**
 * The first line that may as well run in a file of its own, where `on error` and `exit` have another
 * meaning: the first of all unless it is one of these or its command is made by macros, else one
 * that cannot fail; at last the end of the script.
 */
function restoringLine(lines: readonly string[]): number {
  const [first = ''] = lines
  if (/^[\s(),]*(?!(?:on|exit)\b)[\w<]/.test(first)) return 0
  return lines.findIndex((line) => /^\s*(?:#|<|$)/.test(line))
}

/** A run is copied if something in it changes, or if the IOC would not read all of it. */
function isCopied(run: ScriptRun, state: State): boolean {
  const known = state.copies.get(run)
  if (known !== undefined) return known
  const children = state.outcome.children.get(run) ?? []
  const { edits, toCopy, written } = state.outcome
  const copied =
    !written.has(run) &&
    (edits.has(run) ||
      (isFileRun(run) && (!isWholeText(run, state) || toCopy.has(run.source))) ||
      children.some((child) => isCopied(child, state)))
  state.copies.set(run, copied)
  return copied
}

function isWholeText({ source: { text } }: ScriptRun, { options: { shell } }: State): boolean {
  return text.endsWith('\n') && !(shell.continuation && text.endsWith('\\\n'))
}
