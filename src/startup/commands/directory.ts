import { diagnostic } from '../../text/diagnostic.ts'
import { followFolder } from '../follow-path.ts'
import { placesIn } from '../place.ts'
import { isUnsure } from '../walk-state.ts'
import type { CommandHandler } from '../walk-types.ts'

/** `cd directory`: relative paths of the lines that follow start there. */
export const changeDirectory: CommandHandler = ({ words, line }, state) => {
  const { reader, parts } = state.input
  const name = words[1]?.text
  if (!name) {
    state.diagnostics.push(
      diagnostic('DIRECTORY_NOT_FOUND', 'no directory is named: the IOC stays where it is', {
        at: placesIn(parts).of(line, words[1]),
        severity: 'warning',
        hint: 'name it, or remove the line',
      }),
    )
    return
  }
  const path = followFolder(state.cwd, name, reader)
  if (reader.kindOf(path) === 'directory') {
    state.cwd = path
    return
  }
  const unsure = isUnsure(state, line)
  state.isLost = true
  if (unsure) return
  state.diagnostics.push(
    diagnostic('DIRECTORY_NOT_FOUND', `there is no directory "${name}"`, {
      at: placesIn(parts).of(line, words[1]),
      notes: [{ message: `searched: ${path}` }],
      severity: state.mayCreateFiles ? 'warning' : 'error',
    }),
  )
}
