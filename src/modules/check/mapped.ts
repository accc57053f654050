import type { ArchMachine } from '../../elf/machine.ts'
import type { SharedObject } from '../../elf/shared-object.ts'
import { once } from '../../text/once.ts'
import type { KnownVersions } from './known-versions.ts'
import type { Libraries } from './libraries.ts'

/** A library that is mapped into the process when its turn comes. */
export interface Mapped {
  /** What users call it: a path, or only a name for libraries of the system. */
  readonly path: string
  readonly from: 'base' | 'module' | 'system'
  /** Read when first asked for; nothing if it cannot be found. */
  object(): SharedObject | undefined
}

/** A library whose file has been read. */
export function mappedFile(path: string, from: Mapped['from'], object: SharedObject): Mapped {
  return { path, from, object: () => object }
}

/** A library of the running base; what it needs of the system is there, since the base runs. */
export function baseLibrary(path: string, libraries: Libraries, versions: KnownVersions): Mapped {
  const object = once(() => {
    const read = libraries.read(path)?.value
    if (read) versions.learn(read)
    return read
  })
  return { path, from: 'base', object }
}

/** A library of the system: it is searched for only if somebody asks what is in it. */
export function systemLibrary(
  name: string,
  libraries: Libraries,
  machine: ArchMachine | undefined,
): Mapped {
  return {
    path: name,
    from: 'system',
    object: once(() => firstSuitable(libraries.systemPaths(name), libraries, machine)?.object()),
  }
}

/** The first file that is a library for this machine; the loader passes over all others. */
export function firstSuitable(
  paths: Iterable<string>,
  libraries: Libraries,
  machine: ArchMachine | undefined,
): Mapped | undefined {
  for (const path of paths) {
    const object = libraries.read(path)?.value
    if (object && isFor(object, machine)) return mappedFile(path, 'system', object)
  }
  return undefined
}

/** Whether a library can be loaded into a process of this machine; true if nobody knows. */
export function isFor(object: SharedObject, machine: ArchMachine | undefined): boolean {
  return !machine || (object.machine === machine.machine && object.bits === machine.bits)
}
