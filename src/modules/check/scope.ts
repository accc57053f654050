import { type SymbolName, symbolName } from '../../elf/symbol-name.ts'
import type { Mapped } from './mapped.ts'

/** The libraries of a process by name, and in the order in which they are asked for symbols. */
export interface Scope {
  /** Of base and modules. */
  readonly own: readonly Mapped[]
  readonly system: readonly Mapped[]
  get(name: string): Mapped | undefined
  add(names: readonly string[], one: Mapped): void
  /** The first library that exports a symbol. */
  exporter(symbol: string, within: 'own' | 'system'): Mapped | undefined
}

/** Modules are asked behind libCom and libdbCore, before the rest of the base. */
const askedFirst = 2

/** A process without libraries. */
export function emptyScope(): Scope {
  const names = new Map<string, Mapped>()
  const own: Mapped[] = []
  const system: Mapped[] = []
  const exporters = new Map<string, Mapped>()
  return { own, system, get: (name) => names.get(name), add, exporter }

  function add(asNames: readonly string[], one: Mapped): void {
    for (const name of asNames) if (!names.has(name)) names.set(name, one)
    if (one.from === 'system') system.push(one)
    else if (one.from === 'module') own.splice(askedFirst, 0, one)
    else own.push(one)
  }

  function exporter(symbol: string, within: 'own' | 'system'): Mapped | undefined {
    const known = exporters.get(symbol)
    if (known) return known
    const found = search(symbolName(symbol), within === 'own' ? own : system)
    if (found) exporters.set(symbol, found)
    return found
  }
}

function search(name: SymbolName, libraries: readonly Mapped[]): Mapped | undefined {
  return libraries.find((one) => one.object()?.symbols.find(name) !== undefined)
}
