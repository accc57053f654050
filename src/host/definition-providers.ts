import { withFileProviders } from '../check/file-providers.ts'
import type { ModuleFacts, Provider } from '../check/providers.ts'
import { createFileSearch, type FileVersion } from '../modules/file-search.ts'
import { listModules } from '../modules/list-installed.ts'
import { definitionKey, providedDefinitions } from '../modules/provided-definitions.ts'
import { providedFiles } from '../modules/provided-files.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import type { Site } from '../modules/site.ts'
import { isEnvironmentFile } from '../startup/file-types.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { once } from '../text/once.ts'
import { suggest } from '../text/suggest.ts'

/** Trees with thousands of modules on a slow disk: what is found by then must do. In ms. */
const timeLimit = 5000

/** See `createFileSearch`: about as many calls as the newest versions of a thousand modules cost. */
const mostVersions = 3000

/** Which installed modules bring a definition or file; the tree is read at the first question. */
export function definitionProviders(site: Site): ModuleFacts {
  const definitions = once(() => readDefinitions(site))
  const files = once(() => readFiles(site))
  const watch = stopWatch()
  const mayGoOn = () => watch.spent() < timeLimit
  const older = once(() => createFileSearch(site, { versions: mostVersions, mayGoOn }))
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
    filesOf(name, loaded = []) {
      // The build of an IOC makes it, no module has it.
      if (isEnvironmentFile(name)) return []
      const own = watch.time(() =>
        loaded.flatMap((module) => older().inModule(name, module.name, module.version.text) ?? []),
      )
      const isOwn = ({ module }: FileVersion) => own.some((one) => one.module === module)
      const newest =
        files()
          .found.get(name)
          ?.filter((one) => !isOwn(one)) ?? []
      if (own.length > 0 || newest.length > 0 || !files().isComplete) return [...own, ...newest]
      return watch.time(() => older().inModules(name, listModules(site)))
    },
  }
}

/** The time that some calls take together: with `--watch` there are days between two of them. */
function stopWatch() {
  let before = 0
  let began = 0
  return {
    spent: () => before + performance.now() - began,
    time<T>(call: () => T): T {
      began = performance.now()
      const result = call()
      before += performance.now() - began
      return result
    },
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

function readFiles(site: Site) {
  const found = new Map<string, FileVersion[]>()
  const isComplete = eachModule(site, (module) => {
    const provided = providedFiles(site, module)
    if (!provided) return
    const { version, files } = provided
    for (const { name, kind } of files) append(found, name, { module, version, kind })
  })
  return { found, isComplete }
}

/** Whether there was time for all. */
function eachModule(site: Site, visit: (module: string) => void): boolean {
  const end = performance.now() + timeLimit
  for (const module of listModules(site)) {
    if (performance.now() > end) return false
    visit(module)
  }
  return true
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const before = map.get(key)
  if (before) before.push(item)
  else map.set(key, [item])
}
