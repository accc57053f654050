import type { Diagnostic } from '../../text/diagnostic.ts'

/** The mistakes that change which modules an IOC loads; what else is wrong is for `e3 check`. */
export function moduleErrors(found: readonly Diagnostic[]): Diagnostic[] {
  return found.filter(({ code, severity }) => severity === 'error' && families.test(code))
}

const families =
  /^(MODULE|REQUIRE|VERSION|DEP|DEPENDENCY|RESOLUTION|SCRIPT|FILE|DIRECTORY|SHELL|LOCK)_/
