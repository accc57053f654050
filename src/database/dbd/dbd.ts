import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { type Span, spanOf } from '../../text/span.ts'
import { readStatements, type Statement } from '../statements.ts'
import type { Report } from '../tokens.ts'
import { checkForm, fileForms } from './forms.ts'

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
  readonly breakTables: readonly Named[]
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
 * a mistake is reported and left out. What is in braces is left unread: see `createDefinitions`.
 */
export function readDbd(source: Source): Result<Dbd> {
  const { text } = source
  const dbd = emptyDbd()
  const found: Diagnostic[] = []
  const report: Report = ({ code, message, hint, start, end }) => {
    found.push(diagnostic(code, message, { at: spanOf(source, start, end), hint }))
  }
  const { statements } = readStatements(text, { start: 0, end: text.length }, report)
  for (const statement of statements) {
    const problem = checkForm(statement, fileForms, 'a dbd file')
    if (problem) report(problem)
    else add(dbd, statement, spanOf(source, statement.start, statement.end))
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
    breakTables: [],
  }
}

function add(dbd: Growing, { keyword, values }: Statement, at: Span): void {
  const [first = '', second = '', third = '', fourth = ''] = values
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
    case 'breaktable':
      dbd.breakTables.push(named)
      break
  }
}
