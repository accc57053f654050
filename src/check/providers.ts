import type { ResolvedModule } from '../modules/resolution.ts'
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
 * it: `provided by stream 2.8.26, not required`, or why a module that the IOC has does not bring it.
 * The modules are asked only if there is one.
 */
export function withProviders(
  diagnostics: readonly Diagnostic[],
  facts: ModuleFacts,
  loaded: readonly ResolvedModule[],
): readonly Diagnostic[] {
  return diagnostics.map((item) => {
    const providers = item.unknown ? facts.providersOf(item.unknown) : []
    const [first] = providers
    if (!first) return item
    const advice = adviceOnLoaded(providers, loaded) ?? adviceToRequire(first, providers)
    return { ...item, notes: [...item.notes, { message: advice.message }], hint: advice.hint }
  })
}

interface Advice {
  readonly message: string
  readonly hint: string
}

/** More modules with the same definition are not of help. */
const shown = 3

function adviceToRequire(first: Provider, providers: readonly Provider[]): Advice {
  const names = providers.slice(0, shown).map(textOf)
  const what = providers.length === 1 ? 'the line' : 'a line such as'
  return {
    message: `provided by ${names.join(', ')}, not required`,
    hint: `add ${what}: require ${first.module}`,
  }
}

/** A required module has it, but in another version, without its library (require.c), or too late. */
function adviceOnLoaded(
  providers: readonly Provider[],
  loaded: readonly ResolvedModule[],
): Advice | undefined {
  for (const module of loaded) {
    const provider = providers.find((one) => one.module === module.name)
    if (!provider) continue
    const { name, version, library } = module
    if (version.text !== provider.version) {
      const message = `provided by ${textOf(provider)}, but the IOC has ${name} ${version.text}`
      return { message, hint: `ask for that version: require ${name} ${provider.version}` }
    }
    if (!library) {
      const message = `provided by ${textOf(provider)}, whose dbd is not loaded: it has no library`
      return { message, hint: `build the library of ${name}, or require a version that has it` }
    }
    const message = `provided by ${textOf(provider)}, which is not loaded yet`
    return { message, hint: `move in front of the line that loads the records: require ${name}` }
  }
  return undefined
}

function textOf({ module, version }: Provider): string {
  return `${module} ${version}`
}
