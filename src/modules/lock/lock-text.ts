import type { BaseIdentity, LockedPlace } from './lock.ts'
import { lockFormat } from './read-lock.ts'

/** What is written into a lock. */
export interface LockContents {
  readonly arguments: readonly string[]
  readonly base: BaseIdentity
  readonly requests: readonly string[]
  readonly modules: readonly ModuleContents[]
}

export interface ModuleContents extends LockedPlace {
  readonly name: string
  readonly version: string
}

/** The text of a lock: the same contents give the same text, one fact a line, for `diff`. */
export function lockText({ base, modules, requests, ...rest }: LockContents): string {
  const { version, arch, libCom } = base
  const sorted = [...modules].sort((a, b) => (a.name < b.name ? -1 : 1))
  const lock = {
    format: lockFormat,
    arguments: rest.arguments,
    base: { version, arch, ...(libCom !== undefined && { libCom }) },
    requests: [...new Set(requests)].sort(),
    modules: Object.fromEntries(
      sorted.map(({ name, files, ...place }) => [
        name,
        { version: place.version, root: place.root, ...files },
      ]),
    ),
  }
  return `${JSON.stringify(lock, null, 2)}\n`
}
