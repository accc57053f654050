import { type ArchMachine, machineOfArch } from '../../elf/machine.ts'
import type { SharedObject } from '../../elf/shared-object.ts'
import { type SymbolName, symbolName } from '../../elf/symbol-name.ts'
import { once } from '../../text/once.ts'
import type { RunningBase } from './input.ts'
import { type KnownVersions, knownVersions } from './known-versions.ts'
import type { Libraries } from './libraries.ts'

/** A library that is mapped into the process when its turn comes. */
export interface Mapped {
  /** What users call it: a path, or only a name for libraries of the system. */
  readonly path: string
  readonly from: 'base' | 'module' | 'system'
  /** Read when first asked for; nothing if it cannot be found. */
  object(): SharedObject | undefined
}

/** The process as the loader sees it: what is mapped by which name, and what that exports. */
export interface ProcessImage {
  /** What all its libraries must be made for. */
  readonly machine: ArchMachine | undefined
  /** Whether anything of the base could be read; otherwise nobody knows what it exports. */
  readonly hasBase: boolean
  find(name: string): Mapped | undefined
  add(names: readonly string[], one: Mapped): void
  /** The first library that exports a symbol; those of the system are asked last. */
  exporter(symbol: string): Mapped | undefined
  /** Versions of symbols that are there, because what is loaded already needs them. */
  readonly versions: KnownVersions
  /** Adds what the libraries of the system need in turn; usually nobody asks for it. */
  addSystemLibraries(): void
}

/** The process of an IOC of this base before any module is loaded. */
export function imageOf(base: RunningBase, libraries: Libraries): ProcessImage {
  const executable = base.executable ? libraries.read(base.executable)?.value : undefined
  const image = emptyImage({ base, libraries, machine: machineOf(base, libraries) })
  const names = executable?.needed ?? startNames(base.libraries)
  image.addNeeded([...names].sort((a, b) => usefulness(a) - usefulness(b)))
  if (base.executable && executable) {
    image.versions.learn(executable)
    image.add([base.executable], mappedFile(base.executable, 'base', executable))
  }
  return image
}

/** Most symbols that modules need are in libCom and libdbCore: these are asked first. */
function usefulness(name: string): number {
  const rank = ['libCom', 'libdbCore', 'libdbRecStd', 'libca'].indexOf(name.split('.')[0] ?? '')
  return rank < 0 ? 9 : rank
}

/** All libraries of a base; where versioned names are there, the short ones are links to them. */
function startNames(libraries: readonly string[]): string[] {
  const versioned = libraries.filter((name) => /^lib.*\.so\.\d/.test(name))
  return versioned.length > 0 ? versioned : libraries.filter((name) => /^lib.*\.so$/.test(name))
}

/** What the base is made for: its own files know better than the name of the architecture. */
function machineOf(base: RunningBase, libraries: Libraries): ArchMachine | undefined {
  const [libCom] = startNames(base.libraries).filter((name) => name.startsWith('libCom.so'))
  const files = [base.executable, libCom && `${base.libraryDirectory}/${libCom}`]
  for (const path of files) {
    const object = path ? libraries.read(path)?.value : undefined
    if (object) return object
  }
  return machineOfArch(base.arch)
}

/** Modules are asked behind libCom and libdbCore, before the rest of the base. */
const askedFirst = 2

interface Start {
  readonly base: RunningBase
  readonly libraries: Libraries
  readonly machine: ArchMachine | undefined
}

interface GrowingImage extends ProcessImage {
  /** Maps libraries of the base and of the system without reading them. */
  addNeeded(needed: readonly string[]): void
}

function emptyImage({ base, libraries, machine }: Start): GrowingImage {
  const names = new Map<string, Mapped>()
  const own: Mapped[] = []
  const system: Mapped[] = []
  const exporters = new Map<string, Mapped>()
  const versions = knownVersions()
  const ofBase = new Set(base.libraries)
  let isClosed = false
  return {
    machine,
    get hasBase() {
      return own.some(({ from, object }) => from === 'base' && object())
    },
    find,
    versions,
    add,
    addNeeded,
    exporter,
    addSystemLibraries,
  }

  function find(name: string): Mapped | undefined {
    if (!names.has(name)) addAllOfBase()
    return names.get(name)
  }

  function add(asNames: readonly string[], one: Mapped): void {
    for (const name of asNames) if (!names.has(name)) names.set(name, one)
    if (one.from === 'system') system.push(one)
    else if (one.from === 'module') own.splice(askedFirst, 0, one)
    else own.push(one)
  }

  function addNeeded(needed: readonly string[]): void {
    for (const name of needed.filter((one) => !names.has(one))) {
      add([name], ofBase.has(name) ? baseLibrary(name) : systemLibrary(name, libraries, machine))
    }
  }

  function baseLibrary(name: string): Mapped {
    const path = `${base.libraryDirectory}/${name}`
    return {
      path,
      from: 'base',
      object: once(() => {
        const object = libraries.read(path)?.value
        if (object) versions.learn(object)
        return object
      }),
    }
  }

  /** What the libraries of the base need in turn: only asked for when something is not found. */
  function addAllOfBase(): void {
    if (isClosed) return
    isClosed = true
    for (const { from, object } of own) if (from === 'base') addNeeded(object()?.needed ?? [])
  }

  function exporter(symbol: string): Mapped | undefined {
    const known = exporters.get(symbol)
    if (known) return known
    const found = search(symbolName(symbol))
    if (found) exporters.set(symbol, found)
    return found
  }

  function search(name: SymbolName): Mapped | undefined {
    const exports = (one: Mapped): boolean => one.object()?.symbols.find(name) !== undefined
    const found = own.find(exports)
    if (found) return found
    addAllOfBase()
    return own.find(exports) ?? system.find(exports)
  }

  function addSystemLibraries(): void {
    for (const one of system) {
      for (const name of one.object()?.needed ?? []) {
        if (!names.has(name)) add([name], systemLibrary(name, libraries, machine))
      }
    }
  }
}

/** A library whose file has been read. */
export function mappedFile(path: string, from: Mapped['from'], object: SharedObject): Mapped {
  return { path, from, object: () => object }
}

/** A library of the system: it is searched for only if somebody asks what is in it. */
function systemLibrary(
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
