import type { CommandCall } from '../../shell/types.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import { placesIn } from '../place.ts'
import { delayedCommand, edit, isExit, lastChild } from '../walk-state.ts'
import type { CommandHandler, WalkState } from '../walk-types.ts'

/** `iocInit` is `iocBuild` and `iocRun` (base, iocInit.c). */
export const iocInit: CommandHandler = (call, state) => {
  if (build(call, state)) run(call, state)
}

/** `iocBuild`: from here on nothing can be loaded. */
export const iocBuild: CommandHandler = (call, state) => void build(call, state)

/** `iocRun`: before `iocBuild` and in a running IOC it does nothing. */
export const iocRun: CommandHandler = (call, state) => {
  if (state.initialised && !state.isRunning) run(call, state)
}

function build(call: CommandCall, state: WalkState): boolean {
  if (state.initialised) {
    const at = placesIn(state.input.parts).of(call.line)
    const [message, hint] = state.isRunning
      ? [`${call.name} runs a second time: the IOC is initialised already`, 'remove the line']
      : [`${call.name} does nothing: iocBuild has run already`, 'write iocRun, which does the rest']
    state.diagnostics.push(diagnostic('IOC_INIT_TWICE', message, { at, hint }))
    return false
  }
  state.initialised = true
  state.atInit = { cwd: state.cwd, environment: new Map(call.shell.environment) }
  state.events.push({ kind: 'init', call })
  return true
}

/** What waits for the IOC runs now. */
function run(call: CommandCall, state: WalkState): void {
  state.isRunning = true
  const places = placesIn(state.input.parts)
  // The commands become lines of one script, which `exit` ends: it is the last of them.
  const rank = (asked: CommandCall) => Number(isExit(delayedCommand(asked)))
  for (const asked of state.waiting.splice(0).toSorted((a, b) => rank(a) - rank(b))) {
    const [, command] = asked.words
    const end = asked.words.at(-1)?.end
    state.commandAt = places.of(asked.line, command && { ...command, end: end ?? command.end })
    state.shell.runFor(asked.line, delayedCommand(asked))
    const started = lastChild(state, asked.line.run)
    if (started) state.delayed.set(started, asked)
  }
  const isFollowed = [...state.delayed.values()].some(({ name }) => name === 'afterInit')
  if (isFollowed) edit(state, call.line, { kind: 'init', call })
}

/** `afterIocRunning 'command'` of base 7.0.9 and later, which keeps the command itself. */
export const afterIocRunning: CommandHandler = (call, state) => {
  if (!state.isRunning) state.waiting.push(call)
}

/** `afterInit 'command'` of e3: its command runs once the IOC runs, on any base. */
export const afterInit: CommandHandler = (call, state) => {
  const { words, line } = call
  const at = placesIn(state.input.parts).of(line)
  if (state.isRunning) {
    const message = 'afterInit comes after iocInit: its command would never run'
    const hint = `write the command itself: ${delayedCommand(call)}`
    state.diagnostics.push(diagnostic('AFTER_INIT_TOO_LATE', message, { at, hint }))
  } else if (words[1] === undefined) {
    const message = 'afterInit has no command'
    state.diagnostics.push(
      diagnostic('AFTER_INIT_EMPTY', message, { at, hint: "afterInit 'command'" }),
    )
  } else state.waiting.push(call)
  edit(state, line, { kind: 'comment' })
}
