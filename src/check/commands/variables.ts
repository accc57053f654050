import { toDouble, toInteger } from '../../shell/arguments.ts'
import type { CommandCall } from '../../shell/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { CheckedIoc, IocRule } from '../types.ts'
import { commandCalls, isIncomplete } from './calls.ts'
import type { CommandTable } from './table.ts'

/** `var name value` for names the IOC does not have (`No known var`) or values they cannot take. */
export function variableSettings(table: CommandTable): IocRule {
  return function* (ioc) {
    for (const { call } of commandCalls(ioc.outcome)) {
      const [, name, value] = call.words
      if (call.name === 'var' && name && value) yield* settingFindings(call, ioc, table)
    }
  }
}

function* settingFindings(
  { words: [, name, value], line }: CommandCall,
  { outcome, definitions }: CheckedIoc,
  table: CommandTable,
): Generator<Diagnostic> {
  if (!outcome || !name || !value) return
  const definition = definitions?.variables.get(name.text)
  if (!definition && mayBeKnown(name.text, table)) return
  if (!definition) {
    if (isIncomplete(outcome)) return
    const known = [...(table.variables ?? []), ...(definitions?.variables.keys() ?? [])]
    yield diagnostic('VARIABLE_UNKNOWN', `the IOC has no variable ${name.text}`, {
      at: outcome.places.of(line, name),
      hint: didYouMean(name.text, known) ?? 'require the module that has it in front of this line',
    })
  }
  const isInt = definition?.type === 'int'
  if (!isInt && definition?.type !== 'double') return
  const converted = isInt ? toInteger(value.text) : toDouble(value.text)
  if (!('error' in converted) && value.text !== '') return
  const kind = isInt ? 'an integer' : 'a number'
  const message = `variable ${name.text} is ${kind}, "${value.text}" is none: the IOC does not change it`
  yield diagnostic('ARGUMENT_TYPE', message, {
    at: outcome.places.of(line, value),
  })
}

/** By libraries that make variables known without a dbd file. */
function mayBeKnown(name: string, { variables, mayHaveVariable }: CommandTable): boolean {
  return variables ? variables.has(name) : (mayHaveVariable?.(name) ?? true)
}
