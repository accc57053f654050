import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import { didYouMean } from '../../text/suggest.ts'
import { readStatements, type Statement } from '../statements.ts'

/** What a dbd file makes known to the IOC, in file order. Included files are only named. */
export interface Dbd {
  readonly includes: readonly Named[]
  readonly paths: readonly DbdPath[]
  readonly menus: readonly Named[]
  readonly recordTypes: readonly Named[]
  readonly devices: readonly Device[]
  readonly drivers: readonly Named[]
  readonly registrars: readonly Named[]
  readonly functions: readonly Named[]
  readonly variables: readonly Variable[]
  readonly links: readonly LinkType[]
}

export interface Named {
  readonly name: string
  readonly at: Span
}

/** `path "a:b"` replaces the search path of `include`, `addpath` puts entries behind it. */
export interface DbdPath {
  readonly kind: 'path' | 'addpath'
  readonly entries: readonly string[]
  readonly at: Span
}

/** `device(ai, INST_IO, devAiSim, "Simulation")` */
export interface Device {
  readonly recordType: string
  readonly linkType: string
  /** Name of the device support table (dset). */
  readonly support: string
  readonly choice: string
  readonly at: Span
}

/** `variable(simDebug, int)`; without a type it is `int`. */
export interface Variable {
  readonly name: string
  readonly type: string
  readonly at: Span
}

/** `link(sim, lnkSimIf)`: a JSON link type and its table (jlif). */
export interface LinkType {
  readonly name: string
  readonly support: string
  readonly at: Span
}

/**
 * Reads a dbd file, with the records that may be in it left aside. Never throws; a statement with
 * a mistake is reported and left out.
 */
export function readDbd(source: Source): Result<Dbd> {
  const { value: statements, diagnostics } = readStatements(source)
  const dbd = emptyDbd()
  const found: Diagnostic[] = [...diagnostics]
  for (const statement of statements) {
    const problem = add(dbd, statement)
    if (problem) found.push(problem)
  }
  return { value: dbd, diagnostics: found }
}

type Growing = { [Key in keyof Dbd]: Dbd[Key][number][] }

function emptyDbd(): Growing {
  return {
    includes: [],
    paths: [],
    menus: [],
    recordTypes: [],
    devices: [],
    drivers: [],
    registrars: [],
    functions: [],
    variables: [],
    links: [],
  }
}

/** Statements by number of values (least, most); those that only databases use are known, too. */
const arity: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['include', [1, 1]],
  ['path', [1, 1]],
  ['addpath', [1, 1]],
  ['menu', [1, 1]],
  ['recordtype', [1, 1]],
  ['device', [4, 4]],
  ['driver', [1, 1]],
  ['registrar', [1, 1]],
  ['function', [1, 1]],
  ['variable', [1, 2]],
  ['link', [2, 2]],
  ['breaktable', [1, 1]],
  ['record', [2, 2]],
  ['grecord', [2, 2]],
  ['alias', [2, 2]],
])

function add(dbd: Growing, statement: Statement): Diagnostic | undefined {
  const { keyword, at } = statement
  const allowed = arity.get(keyword)
  if (!allowed) {
    const hint = didYouMean(keyword, arity.keys()) ?? 'remove the statement'
    return diagnostic('DBD_SYNTAX', `"${keyword}" is not a statement of a dbd file`, { at, hint })
  }
  const count = statement.arguments.length
  const [least, most] = allowed
  if (count < least || count > most) {
    const wanted = least === most ? `${least}` : `${least} or ${most}`
    return diagnostic('DBD_SYNTAX', `${keyword} takes ${wanted} values, here are ${count}`, {
      at,
      hint: 'put a value with blanks or commas into double quotes',
    })
  }
  addKnown(dbd, statement)
  return undefined
}

function addKnown(dbd: Growing, { keyword, arguments: values, at }: Statement): void {
  const [first = '', second = '', third = '', fourth = ''] = values.map(({ text }) => text)
  const named = { name: first, at }
  switch (keyword) {
    case 'include':
      dbd.includes.push(named)
      break
    case 'path':
    case 'addpath':
      dbd.paths.push({ kind: keyword, entries: first.split(':').filter((one) => one !== ''), at })
      break
    case 'menu':
      dbd.menus.push(named)
      break
    case 'recordtype':
      dbd.recordTypes.push(named)
      break
    case 'device':
      dbd.devices.push({ recordType: first, linkType: second, support: third, choice: fourth, at })
      break
    case 'driver':
      dbd.drivers.push(named)
      break
    case 'registrar':
      dbd.registrars.push(named)
      break
    case 'function':
      dbd.functions.push(named)
      break
    case 'variable':
      dbd.variables.push({ name: first, type: second === '' ? 'int' : second, at })
      break
    case 'link':
      dbd.links.push({ name: first, support: second, at })
      break
  }
}
