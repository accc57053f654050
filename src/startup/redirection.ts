import type { Redirection, ScriptLine } from '../shell/types.ts'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { directoryOf } from '../text/paths.ts'
import { followPath } from './follow-path.ts'
import { placesIn } from './place.ts'
import { isRequireLine, isUnsure } from './walk-state.ts'
import type { WalkState } from './walk-types.ts'

/** Whether the IOC can open the file of a redirection; it skips a line if it cannot. */
export function openRedirection(
  redirection: Redirection,
  line: ScriptLine,
  state: WalkState,
): boolean {
  const path = followPath(state.cwd, redirection.file.text, state.input.reader)
  const found = isUnsure(state, line) ? undefined : obstacle(redirection, { line, path, state })
  if (found) state.diagnostics.push(found)
  if (found?.severity === 'error') return false
  if (redirection.mode !== 'read') state.created.set(path, line)
  return true
}

interface Opening {
  readonly line: ScriptLine
  /** Absolute. */
  readonly path: string
  readonly state: WalkState
}

function obstacle({ mode, file }: Redirection, opening: Opening): Diagnostic | undefined {
  const { line, path, state } = opening
  const { reader, parts } = state.input
  const at = placesIn(parts).of(line, file)
  const severity = state.mayCreateFiles ? 'warning' : 'error'
  const effect = 'the IOC would skip this line'
  if (mode === 'read') {
    if (mayBeRead(opening)) return undefined
    const message = `there is no file "${file.text}" to read from: ${effect}`
    return diagnostic('FILE_NOT_FOUND', message, { at, severity, absent: file.text })
  }
  if (reader.kindOf(path) === 'directory') {
    const message = `"${file.text}" is a directory, and no file to write to: ${effect}`
    return diagnostic('FILE_UNREADABLE', message, { at })
  }
  const directory = directoryOf(path)
  if (reader.kindOf(directory) === 'directory') return undefined
  const message = `there is no directory "${directory}" to write "${file.text}" into: ${effect}`
  return diagnostic('DIRECTORY_NOT_FOUND', message, { at, severity })
}

/** `require` takes no input, which is told where it is followed. */
function mayBeRead({ line, path, state: { created, input } }: Opening): boolean {
  return isRequireLine(line.text) || created.has(path) || input.reader.kindOf(path) !== undefined
}
