import type { CommandCall, ScriptLine, ScriptRun } from '../shell/types.ts'
import type { Code } from '../text/codes.ts'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { baseName } from '../text/paths.ts'
import { placesIn } from './place.ts'
import type { WalkState } from './walk-types.ts'

/** A script that a line of the startup script writes before another reads it. */
export interface WrittenScript {
  readonly name: string
  /** The line that writes it. */
  readonly by: ScriptLine
}

interface Reading {
  /** The line that reads the script. */
  readonly line: ScriptLine
  /** Absolute. */
  readonly path: string
  /** Absent if the file is not there. */
  readonly run?: ScriptRun
}

/**
 * Notes that a script is read which a line before writes: what is in it now, if anything, an earlier
 * start has left. It is walked, as most of it may come again, but the IOC must not get a copy.
 */
export function followWritten({ line, path, run }: Reading, state: WalkState): void {
  const writing = writingOf(path, state)
  if (!writing) return
  const { by, isMaybe } = writing
  const script = { name: baseName(path), by }
  if (!isMaybe && /\brequire\b/.test(by.raw)) {
    state.diagnostics.push(unknownRequire(line, script, state))
  } else if (run) {
    const message = `${script.name} ${isMaybe ? 'may be' : 'is'} written by a line before: what will be in it is not known`
    state.diagnostics.push(finding('SCRIPT_WRITTEN', { message, line, script }, state))
  }
  if (run && !isMaybe) state.written.set(run, script)
}

/** Notes whether the value of a variable comes from a written script. */
export function followVariable(
  { name: command, words, line }: CommandCall,
  state: WalkState,
): void {
  const name = words[1]?.text
  if (state.written.size === 0 || command !== 'epicsEnvSet' || name === undefined) return
  const script = writtenBehind(line, state)
  if (script) state.doubtful.set(name, script)
  else state.doubtful.delete(name)
}

/** Why nobody knows what a `require` line asks for: the script, or a variable, is written meanwhile. */
export function doubtOf(line: ScriptLine, state: WalkState): Diagnostic | undefined {
  if (state.written.size === 0) return undefined
  const script = writtenBehind(line, state)
  return script && unknownRequire(line, script, state)
}

function writtenBehind(
  line: ScriptLine,
  { written, doubtful }: WalkState,
): WrittenScript | undefined {
  for (let run: ScriptRun | undefined = line.run; run; run = run.parent?.run) {
    const script = written.get(run)
    if (script) return script
  }
  const used = line.expansion?.used.find((name) => doubtful.has(name))
  return used === undefined ? undefined : doubtful.get(used)
}

function unknownRequire(line: ScriptLine, script: WrittenScript, state: WalkState): Diagnostic {
  const message = `what is required here cannot be known before the start: the IOC itself writes ${script.name}`
  return finding('REQUIRE_UNKNOWN', { message, line, script }, state)
}

interface Finding {
  readonly message: string
  readonly line: ScriptLine
  readonly script: WrittenScript
}

function finding(code: Code, { message, line, script }: Finding, { input }: WalkState): Diagnostic {
  const places = placesIn(input.parts)
  return diagnostic(code, message, {
    at: places.of(line),
    notes: [{ message: 'it is written here', at: places.of(script.by) }],
    hint: 'write it before the start, and remove the line that writes it',
  })
}

interface Writing {
  readonly by: ScriptLine
  /** The program that the line runs may write the file, or only read it. */
  readonly isMaybe: boolean
}

function writingOf(path: string, { created, programs }: WalkState): Writing | undefined {
  const by = created.get(path)
  if (by) return { by, isMaybe: false }
  const name = baseName(path)
  const mentions = programs.flatMap((call) => mentionOf(name, call) ?? [])
  return mentions.findLast(({ isMaybe }) => !isMaybe) ?? mentions.at(-1)
}

/** Whether the text of `system` names a file, and does so behind `>`. */
function mentionOf(name: string, { words, line }: CommandCall): Writing | undefined {
  const text = (words[1]?.text ?? '').replace(/["'`]/g, ' ')
  const signs = [...text.matchAll(/(>?)\s*([^\s|&;<>(){}=]+)/g)]
    .filter(([, , word = '']) => baseName(word) === name)
    .map(([, sign]) => sign)
  return signs.length > 0 ? { by: line, isMaybe: !signs.includes('>') } : undefined
}
