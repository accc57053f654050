import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { IocRule } from '../types.ts'
import { commandCalls, type OrderedCall } from './calls.ts'
import { type OrderRow, orderTable } from './order-table.ts'
import { type CommandTable, mayHave } from './table.ts'

/** Commands on the wrong side of `iocInit`; of one that the IOC does not have, that is said. */
export function commandOrder(table: CommandTable): IocRule {
  return ({ outcome }) => (outcome ? misplaced(outcome, table) : [])
}

function* misplaced(outcome: WalkOutcome, table: CommandTable): Generator<Diagnostic> {
  const rightBefore = new Set<string>()
  // A script that cannot be read may run iocInit.
  const isUnsure = outcome.macros.scopes.some(({ isPartial }) => isPartial)
  for (const ordered of commandCalls(outcome)) {
    const { call, isAfterInit } = ordered
    const row = mayHave(table, call.name) ? rowOf(ordered) : undefined
    if (!row || (isUnsure && !isAfterInit && row.when === 'after iocInit')) continue
    if ((row.when === 'after iocInit') === isAfterInit) rightBefore.add(call.name)
    else if (!row.mayRepeat || !rightBefore.has(call.name)) {
      const { effect, severity, when, applies } = row
      const what = applies ? `${call.name} ${call.words[1]?.text}` : call.name
      const isLate = when === 'before iocInit'
      const code = isLate ? 'COMMAND_TOO_LATE' : 'COMMAND_TOO_EARLY'
      const message = `${what} comes ${isLate ? 'after' : 'before'} iocInit: ${effect}`
      yield diagnostic(code, message, {
        at: outcome.places.of(call.line),
        severity,
        hint: isLate
          ? 'move the line in front of iocInit'
          : `move the line behind iocInit, or write: afterInit '${call.line.text.trim().replaceAll("'", '"')}'`,
      })
    }
  }
}

function rowOf({ call }: OrderedCall): OrderRow | undefined {
  return orderTable.find(
    ({ command, applies }) =>
      (typeof command === 'string' ? command === call.name : command.test(call.name)) &&
      (applies?.(call) ?? true),
  )
}
