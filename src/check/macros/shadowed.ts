import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedIoc } from '../types.ts'
import { macrosOfRun } from './calls.ts'

/**
 * Macros of a script that hide a variable of the environment with another value, where lines use
 * both. Macros that are made of the variable are meant so.
 */
export function* shadowedVariables({ outcome }: CheckedIoc): Generator<Diagnostic> {
  if (!outcome) return
  const { scopes, fromEnvironment } = outcome.macros
  const reported = new Set<string>()
  for (const scope of scopes) {
    for (const [name, value] of scope.shadowed) {
      if (!scope.used.has(name) || !fromEnvironment.has(name)) continue
      const line = scope.run.parent?.raw ?? ''
      if (line.includes(`$(${name}`) || line.includes(`\${${name}`)) continue
      const given = macrosOfRun(scope, outcome).findLast((one) => one.name === name)
      if (!given) continue
      const { at, nameAt = at } = given
      const key = `${nameAt.source.name}\0${nameAt.start}\0${name}`
      if (reported.has(key)) continue
      reported.add(key)
      const message = `in ${scope.run.source.name} macro ${name} is ${JSON.stringify(given.raw)}, elsewhere the variable ${name} is ${JSON.stringify(value)}`
      yield diagnostic('MACRO_SHADOWED', message, { at: nameAt, hint: 'give them two names' })
    }
  }
}
