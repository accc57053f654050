import type { FileVersion } from '../modules/file-search.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import type { Diagnostic, Unknown } from '../text/diagnostic.ts'
import { isOffer } from '../text/suggest.ts'
import { withFileProviders } from './file-providers.ts'

/** An installed module and a version of it. */
export interface Provider {
  readonly module: string
  readonly version: string
}

/** Knows which of the installed modules bring a definition or a file. */
export interface ModuleFacts {
  /** In alphabetical order, each with its newest version. */
  providersOf(wanted: Unknown): readonly Provider[]
  /** Names of such definitions that this one may be a slip of, best first. */
  nearTo(wanted: Unknown): readonly string[]
  /**
   * Who has a file of this name, which is one without folders. Of modules that the IOC has, the
   * version that it has, or the newest that has the file; of others the newest version; where nobody
   * else has it, older ones.
   */
  filesOf(name: string, loaded?: readonly ResolvedModule[]): readonly FileVersion[]
}

/**
 * Adds to each message on an unknown record type, device support or link type which modules have
 * it: `provided by stream 2.8.26, not required`, or why a module that the IOC has does not bring it;
 * if none has it and nothing near is loaded, the near name of an installed module. To a file that is
 * not there, which module has it. The modules are asked only if there is such a message.
 */
export function withProviders(
  diagnostics: readonly Diagnostic[],
  facts: ModuleFacts,
  loaded: readonly ResolvedModule[],
): readonly Diagnostic[] {
  return diagnostics.map((item) => {
    if (item.absent !== undefined) return withFileProviders(item, item.absent, { facts, loaded })
    if (!item.unknown) return item
    const advice =
      adviceOn(facts.providersOf(item.unknown), loaded) ??
      // A name of what is loaded may be meant.
      (isOffer(item.hint) ? undefined : nearAdvice(item.unknown, facts, loaded))
    if (!advice) return item
    return { ...item, notes: [...item.notes, { message: advice.message }], hint: advice.hint }
  })
}

interface Advice {
  readonly message: string
  readonly hint: string
}

function adviceOn(
  providers: readonly Provider[],
  loaded: readonly ResolvedModule[],
): Advice | undefined {
  const [first] = providers
  return first && (adviceOnLoaded(providers, loaded) ?? adviceToRequire(first, providers))
}

/** `did you mean "stream"? add the line: require stream`, where nothing loaded is near. */
function nearAdvice(
  wanted: Unknown,
  facts: ModuleFacts,
  loaded: readonly ResolvedModule[],
): Advice | undefined {
  const [name] = facts.nearTo(wanted)
  const advice =
    name === undefined ? undefined : adviceOn(facts.providersOf({ ...wanted, name }), loaded)
  if (!advice) return undefined
  return {
    message: `"${name}" is ${advice.message}`,
    hint: `did you mean "${name}"? ${advice.hint}`,
  }
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

/** `stream 2.8.26`. */
function textOf({ module, version }: Provider): string {
  return `${module} ${version}`
}
