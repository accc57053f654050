import { diagnostic } from '../../text/diagnostic.ts'
import { placesIn } from '../place.ts'
import { edit, lastChild } from '../walk-state.ts'
import type { CommandHandler } from '../walk-types.ts'

/** `iocInit` and `iocBuild`: from here on nothing can be loaded; what waits for it runs. */
export const iocInit: CommandHandler = (call, state) => {
  const { line, shell } = call
  if (state.initialised) {
    const at = placesIn(state.input.parts).of(line)
    const message = 'iocInit runs a second time: the IOC is initialised already'
    state.diagnostics.push(diagnostic('IOC_INIT_TWICE', message, { at, hint: 'remove the line' }))
    return
  }
  state.initialised = true
  state.events.push({ kind: 'init', call })
  const places = placesIn(state.input.parts)
  for (const asked of state.waiting.splice(0)) {
    const [, command] = asked.words
    state.commandAt = places.of(asked.line, command)
    shell.runFor(asked.line, command?.text ?? '')
    const run = lastChild(state, asked.line.run)
    if (run) state.delayed.set(run, asked)
  }
  if ([...state.delayed.values()].some(({ name }) => name === 'afterInit')) {
    edit(state, line, { kind: 'init' })
  }
}

/** `afterIocRunning 'command'` of base 7.0.9 and later, which keeps the command itself. */
export const afterIocRunning: CommandHandler = (call, state) => {
  if (!state.initialised) state.waiting.push(call)
}

/** `afterInit 'command'` of e3: its command runs once the IOC runs, on any base. */
export const afterInit: CommandHandler = (call, state) => {
  const { words, line } = call
  const at = placesIn(state.input.parts).of(line)
  if (state.initialised) {
    const message = 'afterInit comes after iocInit: its command would never run'
    const hint = `write the command itself: ${words[1]?.text ?? ''}`
    state.diagnostics.push(diagnostic('AFTER_INIT_TOO_LATE', message, { at, hint }))
  } else if (words[1] === undefined) {
    const message = 'afterInit has no command'
    state.diagnostics.push(
      diagnostic('AFTER_INIT_EMPTY', message, { at, hint: "afterInit 'command'" }),
    )
  } else state.waiting.push(call)
  edit(state, line, { kind: 'comment' })
}
