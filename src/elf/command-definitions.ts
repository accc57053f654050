import { readDynamic } from './dynamic.ts'
import { readHeader } from './header.ts'
import { type Memory, readMemory } from './pointers.ts'
import type { ByteReader } from './reader.ts'

/** A command of the IOC shell as its `iocshFuncDef` describes it (base, `iocsh.h`). */
export interface CommandDefinition {
  readonly name: string
  readonly arguments: readonly ArgumentDefinition[]
}

export interface ArgumentDefinition {
  readonly name: string
  readonly type: ArgumentType
}

/** `iocshArgType` in the order of `iocsh.h`; those after `argv` came with base 7. */
const argumentTypes = [
  'int',
  'double',
  'string',
  'pdbbase',
  'argv',
  'persistent string',
  'record name',
  'path',
] as const

export type ArgumentType = (typeof argumentTypes)[number]

/**
 * Finds the definitions of commands among the constants of a library: an `iocshFuncDef` is a pointer
 * to the name, the number of arguments, and a pointer to pointers to pairs of name and type. Those
 * that are made at run time are not found. What looks like a command without arguments may be
 * another structure with a name; compare with what is asked for.
 *
 * @returns nothing if it is not a shared object; never throws, the work is bounded by the file
 */
export function readCommandDefinitions(reader: ByteReader): CommandDefinition[] {
  const header = readHeader(reader)
  if (header.kind === 'invalid') return []
  const dynamic = readDynamic(reader, header)
  if (dynamic.kind === 'invalid') return []
  const memory = readMemory({ reader, header, dynamic })
  const found: CommandDefinition[] = []
  for (const [address, name] of memory.pointers) {
    const definition = definitionAt(memory, address, name)
    if (definition) found.push(definition)
  }
  return found
}

/** drvAsynIPPortConfigure has six, areaDetector's drivers up to twenty. */
const maxArguments = 64

function definitionAt(
  memory: Memory,
  address: number,
  nameAddress: number,
): CommandDefinition | undefined {
  const { width, pointers } = memory
  if (pointers.has(address + width)) return undefined
  const count = memory.u32(address + width)
  const list = pointers.get(address + 2 * width)
  if (count > maxArguments || (count === 0) !== (list === undefined)) return undefined
  const name = memory.text(nameAddress)
  if (!/^[!-~]{1,200}$/.test(name)) return undefined
  const found: ArgumentDefinition[] = []
  for (let index = 0; index < count; index++) {
    const argument = argumentAt(memory, (list ?? 0) + index * width)
    if (!argument) return undefined
    found.push(argument)
  }
  return { name, arguments: found }
}

function argumentAt(memory: Memory, address: number): ArgumentDefinition | undefined {
  const { width, pointers } = memory
  const place = pointers.get(address)
  const nameAddress = place === undefined ? undefined : pointers.get(place)
  if (place === undefined || nameAddress === undefined) return undefined
  const type = argumentTypes[memory.u32(place + width)]
  const name = memory.text(nameAddress)
  return type && /^[^\0-\x1f]{0,400}$/.test(name) ? { name, type } : undefined
}
