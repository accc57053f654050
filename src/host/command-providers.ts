import { readCommandDefinitions } from '../elf/command-definitions.ts'
import { listModules } from '../modules/list-installed.ts'
import { moduleTreeOf } from '../modules/module-tree.ts'
import type { Site } from '../modules/site.ts'
import { once } from '../text/once.ts'
import { openFileReader } from './byte-reader.ts'

/** Trees with thousands of libraries on a slow disk: what is found by then must do. In ms. */
const timeLimit = 5000

/**
 * Who has a command that an IOC does not have: names and versions of installed modules, of each
 * the newest version. The libraries of the whole tree are read at the first question.
 */
export function commandProviders(site: Site): (command: string) => readonly string[] {
  const providers = once(() => readProviders(site))
  return (command) => providers().get(command) ?? []
}

function readProviders(site: Site): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const end = performance.now() + timeLimit
  for (const module of listModules(site)) {
    if (performance.now() > end) break
    const library = newestLibrary(site, module)
    if (!library) continue
    for (const command of new Set(commandsIn(library.path))) {
      const before = found.get(command)
      if (before) before.push(library.what)
      else found.set(command, [library.what])
    }
  }
  return found
}

function newestLibrary(site: Site, module: string) {
  const tree = moduleTreeOf(site)
  for (const version of tree.versions(module)) {
    const usable = tree.usable(version)
    const path = usable && `${usable.archDirectory}/lib${module}.so`
    if (path && site.reader.isFile(path)) return { path, what: `${module} ${version.version.text}` }
  }
  return undefined
}

function commandsIn(path: string): string[] {
  const reader = openFileReader(path)
  if (!reader) return []
  try {
    return readCommandDefinitions(reader).map(({ name }) => name)
  } finally {
    reader.close()
  }
}
