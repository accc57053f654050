import { toDouble } from './arguments.ts'
import { report, type Scope, type State } from './state.ts'
import type { CommandOutcome, Word } from './types.ts'

type BuiltIn = (state: State, scope: Scope, words: readonly Word[]) => CommandOutcome

/** The commands of which the shell must know what they do; all others belong to the host. */
export const builtIns: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['iocshLoad', iocshLoad],
  ['iocshRun', iocshRun],
  ['iocshCmd', iocshCmd],
  ['epicsEnvSet', epicsEnvSet],
  ['epicsEnvUnset', epicsEnvUnset],
  ['on', on],
  // iocsh.cpp: a command of this name does nothing, e.g. in `(#`, which is no comment line.
  ['#', () => 'ok'],
])

function iocshLoad(state: State, _scope: Scope, [, path, macros]: readonly Word[]): CommandOutcome {
  // iocsh.cpp: without a path it would read commands from the terminal.
  if (!path) return missing(state, 'pathname')
  return outcome(state, state.shell.load(path.text, macros?.text))
}

function iocshRun(state: State, _scope: Scope, [, text, macros]: readonly Word[]): CommandOutcome {
  return text ? outcome(state, state.shell.run(text.text, macros?.text ?? '')) : 'ok'
}

function iocshCmd(state: State, _scope: Scope, [, text]: readonly Word[]): CommandOutcome {
  return text ? outcome(state, state.shell.run(text.text)) : 'ok'
}

function epicsEnvSet(state: State, _scope: Scope, words: readonly Word[]): CommandOutcome {
  const [, name, value] = words
  if (!name) return missing(state, 'environment variable name')
  if (!value) return missing(state, 'environment variable value')
  state.shell.setEnvironment(name.text, value.text)
  return 'ok'
}

function epicsEnvUnset(state: State, _scope: Scope, [, name]: readonly Word[]): CommandOutcome {
  if (!name) return missing(state, 'environment variable name')
  state.shell.setEnvironment(name.text, undefined)
  return 'ok'
}

/** `on error continue | break | halt | wait <seconds>`; a new mode forgives what failed before. */
function on(state: State, scope: Scope, words: readonly Word[]): CommandOutcome {
  const [, error, mode, delay] = words
  if (error?.text !== 'error' || !mode) return wrongUsage(state, 'ok')
  switch (mode.text) {
    case 'continue':
    case 'break':
    case 'halt':
      scope.onError = mode.text
      if (mode.text === 'halt') scope.seconds = 0
      return 'ok'
    case 'wait':
      return wait(state, scope, delay)
    default:
      return wrongUsage(state, 'error')
  }
}

/** iocsh.cpp (7.0.10): without seconds those before stay, what is no number means 5. */
function wait(state: State, scope: Scope, delay: Word | undefined): CommandOutcome {
  scope.onError = 'wait'
  if (!delay) return wrongUsage(state, 'ok')
  const seconds = delay.text === '' ? undefined : toDouble(delay.text)
  const isNumber = seconds !== undefined && 'value' in seconds
  scope.seconds = isNumber ? seconds.value : 5
  return isNumber ? 'ok' : wrongUsage(state, 'ok')
}

function outcome({ dropsErrors }: State, status: number): CommandOutcome {
  return status === 0 || dropsErrors ? 'ok' : 'error'
}

function missing(state: State, name: string): CommandOutcome {
  report(state, { kind: 'missing-argument', name })
  return 'error'
}

function wrongUsage(state: State, result: CommandOutcome): CommandOutcome {
  report(state, { kind: 'wrong-usage', name: 'on error continue | break | halt | wait <seconds>' })
  return result
}
