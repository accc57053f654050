import type { MacroWarning } from './types.ts'

/** A message in macLib's own words, e.g. `macLib: macro X is undefined (expanding string $(X))`. */
export function warningText({ kind, type, name, expanding }: MacroWarning): string {
  return `macLib: ${type} ${name} is ${kind} (expanding ${expanding.type} ${expanding.name})`
}
