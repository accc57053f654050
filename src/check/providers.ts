import type { Diagnostic, Unknown } from '../text/diagnostic.ts'

/** An installed module and a version of it. */
export interface Provider {
  readonly module: string
  readonly version: string
}

/** Knows which of the installed modules bring a definition. */
export interface ModuleFacts {
  /** In alphabetical order, each with its newest version. */
  providersOf(wanted: Unknown): readonly Provider[]
}

/**
 * Adds to each message on an unknown record type, device support or link type which modules have
 * it: `provided by stream 2.8.26, not required`. The modules are asked only if there is one.
 */
export function withProviders(
  diagnostics: readonly Diagnostic[],
  facts: ModuleFacts,
): readonly Diagnostic[] {
  return diagnostics.map((item) => (item.unknown ? withProvider(item, item.unknown, facts) : item))
}

/** More modules with the same definition are not of help. */
const shown = 3

function withProvider(item: Diagnostic, unknown: Unknown, facts: ModuleFacts): Diagnostic {
  const providers = facts.providersOf(unknown)
  const [first] = providers
  if (!first) return item
  const names = providers.slice(0, shown).map(({ module, version }) => `${module} ${version}`)
  const message = `provided by ${names.join(', ')}, not required`
  const line = providers.length === 1 ? `add the line: require ${first.module}` : undefined
  const hint = line ?? `add a line such as: require ${first.module}`
  return { ...item, notes: [...item.notes, { message }], hint }
}
