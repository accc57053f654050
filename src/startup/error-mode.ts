import { commandLine, scriptText } from './command-line.ts'
import type { Part, WalkOutcome } from './walk-types.ts'

/**
 * The lines of a part, so that a startup script which ends early after `on error break` ends the IOC
 * as it does with base (`softIocPVA st.cmd`): what would follow it, as the `iocInit` that is added,
 * does not run. Scripts that set no mode of their own never end early, and their lines stay as they
 * are; so does the mode of whoever sets one on the command line.
 *
 * @param index of the run of the part in the outcome
 */
export function withErrorMode(
  text: string,
  index: number,
  { outcome, parts }: { readonly outcome: WalkOutcome; readonly parts: readonly Part[] },
): string {
  const { runs, events } = outcome
  const run = runs[index]
  const isScript = parts.some(
    (part) => part.isScript && run && [part.source, part.elsewhere].includes(run.source),
  )
  if (!isScript) return text
  const before = new Set(runs.slice(0, index))
  const setIn = events.flatMap((event) =>
    event.kind === 'command' && event.call.name === 'on' ? [event.call.line.run] : [],
  )
  const isOwn = setIn.some(({ parent }) => parent?.run === run)
  if (!isOwn || setIn.some((other) => before.has(other))) return text
  const mode = (word: string): string => scriptText([commandLine('on', ['error', word])])
  return mode('break') + text + mode('continue')
}
