/**
 * Whether a dbd file only names symbols: nothing in it can be wrong but that nobody exports them,
 * which the check of libraries tells. Most files of modules without device support are of this kind.
 */
export function onlyNamesSymbols(text: string): boolean {
  return plain.test(text)
}

/** Comments with a `$` may hold macros, which the IOC expands there, too. */
const plain =
  /^(?:\s|#[^$\n]*(?:\n|$)|(?:registrar|driver|function)\s*\(\s*"?\w+"?\s*\)|variable\s*\(\s*"?\w+"?\s*(?:,\s*"?\w+"?\s*)?\))*$/
