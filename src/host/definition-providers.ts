import { withFileProviders } from '../check/file-providers.ts'
import type { FileProvider, ModuleFacts, Provider } from '../check/providers.ts'
import { listModules } from '../modules/list-installed.ts'
import { definitionKey, providedDefinitions } from '../modules/provided-definitions.ts'
import { providedFiles } from '../modules/provided-files.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import type { Site } from '../modules/site.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { once } from '../text/once.ts'
import { suggest } from '../text/suggest.ts'

/** Trees with thousands of modules on a slow disk: what is found by then must do. In ms. */
const timeLimit = 5000

/** Which installed modules bring a definition or file; the tree is read at the first question. */
export function definitionProviders(site: Site): ModuleFacts {
  const definitions = once(() => readDefinitions(site))
  const files = once(() => readFiles(site))
  return {
    providersOf: (wanted) => definitions().get(definitionKey(wanted)) ?? [],
    nearTo: (wanted) => {
      const others = definitionKey({ ...wanted, name: '' })
      const keys = [...definitions().keys()].filter((key) => key.startsWith(others))
      return suggest(
        wanted.name,
        keys.map((key) => key.slice(others.length)),
      )
    },
    filesOf: (name) => files().get(name) ?? [],
  }
}

/** Adds to what is said about files that are not there which installed modules have them. */
export function adviseOnFiles(
  found: readonly Diagnostic[],
  site: Site,
  loaded: readonly ResolvedModule[],
): readonly Diagnostic[] {
  const facts = definitionProviders(site)
  return found.map((item) =>
    item.absent === undefined ? item : withFileProviders(item, item.absent, { facts, loaded }),
  )
}

function readDefinitions(site: Site): ReadonlyMap<string, readonly Provider[]> {
  const found = new Map<string, Provider[]>()
  eachModule(site, (module) => {
    const provided = providedDefinitions(site, module)
    if (!provided) return
    const { version } = provided
    for (const key of new Set(provided.keys)) append(found, key, { module, version })
  })
  return found
}

function readFiles(site: Site): ReadonlyMap<string, readonly FileProvider[]> {
  const found = new Map<string, FileProvider[]>()
  eachModule(site, (module) => {
    const provided = providedFiles(site, module)
    if (!provided) return
    const { version, files } = provided
    for (const { name, kind } of files) append(found, name, { module, version, kind })
  })
  return found
}

function eachModule(site: Site, visit: (module: string) => void): void {
  const end = performance.now() + timeLimit
  for (const module of listModules(site)) {
    if (performance.now() > end) break
    visit(module)
  }
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const before = map.get(key)
  if (before) before.push(item)
  else map.set(key, [item])
}
