import { type ArchMachine, machineOfArch } from '../../elf/machine.ts'
import { once } from '../../text/once.ts'
import type { RunningBase } from './input.ts'
import { type KnownVersions, knownVersions } from './known-versions.ts'
import type { Libraries } from './libraries.ts'
import { baseLibrary, type Mapped, mappedFile, systemLibrary } from './mapped.ts'
import { emptyScope } from './scope.ts'

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
  const scope = emptyScope()
  const versions = knownVersions()
  const ofBase = new Set(base.libraries)
  /** What the libraries of the base need in turn: only asked for when something is not found. */
  const addAllOfBase = once(() => {
    for (const { from, object } of scope.own) if (from === 'base') addNeeded(object()?.needed ?? [])
  })
  return {
    machine,
    get hasBase() {
      return scope.own.some(({ from, object }) => from === 'base' && object())
    },
    versions,
    find,
    add: scope.add,
    addNeeded,
    exporter,
    addSystemLibraries: () => {
      for (const { object } of scope.system) addNeeded(object()?.needed ?? [])
    },
  }

  function find(name: string): Mapped | undefined {
    if (!scope.get(name)) addAllOfBase()
    return scope.get(name)
  }

  function addNeeded(needed: readonly string[]): void {
    for (const name of needed.filter((one) => !scope.get(one))) {
      const one = ofBase.has(name)
        ? baseLibrary(`${base.libraryDirectory}/${name}`, libraries, versions)
        : systemLibrary(name, libraries, machine)
      scope.add([name], one)
    }
  }

  function exporter(symbol: string): Mapped | undefined {
    const found = scope.exporter(symbol, 'own')
    if (found) return found
    addAllOfBase()
    return scope.exporter(symbol, 'own') ?? scope.exporter(symbol, 'system')
  }
}
