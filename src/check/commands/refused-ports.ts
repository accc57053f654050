import type { CommandCall } from '../../shell/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { IocRule } from '../types.ts'
import { commandCalls } from './calls.ts'
import { type PortProblem, portCommand } from './port-commands.ts'
import { type CommandTable, mayHave } from './table.ts'

/** Commands that asyn refuses: they create no port, or there is one of this name already. */
export function refusedPorts(table: CommandTable): IocRule {
  return function* ({ outcome }) {
    const known = new Map<string, CommandCall>()
    for (const { call } of commandCalls(outcome)) {
      const made = portCommand(call)
      if (!outcome || !made || !mayHave(table, call.name)) continue
      const { names, problem } = made
      const at = outcome.places.of(call.line, call.words[problem?.word ?? 1])
      const first = names.map((name) => known.get(name)).find((one) => one !== undefined)
      if (problem) yield refused(call, problem, at)
      else if (first) yield madeTwice(call, { at, first: outcome.places.of(first.line) })
      for (const name of names) if (!known.has(name)) known.set(name, call)
    }
  }
}

function refused({ name, words }: CommandCall, problem: PortProblem, at: Span): Diagnostic {
  const port = words[1] ? `the port ${words[1].text}` : 'a port'
  const message = `${name}: ${problem.message}: asyn does not create ${port}`
  const severity = problem.isUnsure ? 'warning' : 'error'
  return diagnostic('PORT_REFUSED', message, { at, severity, hint: problem.hint })
}

function madeTwice({ words }: CommandCall, { at, first }: { at: Span; first: Span }): Diagnostic {
  const message = `there is an asyn port ${words[1]?.text} already: asyn refuses the second one`
  return diagnostic('PORT_REFUSED', message, {
    at,
    notes: [{ message: 'the first one', at: first }],
    severity: 'warning',
    hint: 'give it another name, or remove the line',
  })
}
