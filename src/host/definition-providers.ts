import type { ModuleFacts, Provider } from '../check/providers.ts'
import { listModules } from '../modules/list-installed.ts'
import { definitionKey, providedDefinitions } from '../modules/provided-definitions.ts'
import type { Site } from '../modules/site.ts'
import { once } from '../text/once.ts'

/** Trees with thousands of modules on a slow disk: what is found by then must do. In ms. */
const timeLimit = 5000

/** Which installed modules bring a definition; the tree is read at the first question. */
export function definitionProviders(site: Site): ModuleFacts {
  const providers = once(() => readProviders(site))
  return { providersOf: (wanted) => providers().get(definitionKey(wanted)) ?? [] }
}

function readProviders(site: Site): ReadonlyMap<string, readonly Provider[]> {
  const found = new Map<string, Provider[]>()
  const end = performance.now() + timeLimit
  for (const module of listModules(site)) {
    if (performance.now() > end) break
    const provided = providedDefinitions(site, module)
    if (!provided) continue
    const provider = { module, version: provided.version }
    for (const key of new Set(provided.keys)) {
      const before = found.get(key)
      if (before) before.push(provider)
      else found.set(key, [provider])
    }
  }
  return found
}
