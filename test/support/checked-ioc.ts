import { links } from '../../src/check/records/links.ts'
import type { CheckedIoc, GroupFile, IocRule, SiteRule } from '../../src/check/types.ts'
import { createLoader } from '../../src/database/records/loader.ts'
import { noAssumedLoads } from '../../src/startup/assumed.ts'
import type { WalkOutcome } from '../../src/startup/walk-types.ts'
import type { Source } from '../../src/text/source.ts'
import { formatPlace, spanOf } from '../../src/text/span.ts'
import { loadDefinitions, told } from './definitions.ts'

/** An IOC for tests of rules. */
export interface IocText {
  readonly name?: string
  /** Databases by name; a row `[name, macros]` in `loads` loads one. Default: each once. */
  readonly files: Readonly<Record<string, string>>
  readonly loads?: readonly (readonly [file: string, macros: string])[]
  readonly groupFiles?: readonly Source[]
  /** Only files are checked, no script loads them. */
  readonly isPart?: boolean
  /** Added to the dbd file. */
  readonly dbd?: string
}

/** The IOC with what its databases make, against a dbd with a few record types as those of base. */
export function checkedIoc(ioc: IocText): CheckedIoc {
  const { name = 'st.cmd', files, isPart = false, groupFiles = [], dbd = '' } = ioc
  const { set: definitions } = loadDefinitions({ 'main.dbd': smallDbd + dbd })
  const loader = createLoader({ definitions })
  const sources = new Map(Object.entries(files).map(([name, text]) => [name, { name, text }]))
  for (const [file, list] of ioc.loads ?? Object.keys(files).map((one) => [one, ''] as const)) {
    const source = sources.get(file) ?? { name: file, text: '' }
    loader.load(source, { macros: { list }, open: (name) => sources.get(name) })
  }
  const { database } = loader
  const known = {
    name,
    definitions,
    database,
    loads: [],
    groupFiles: groupFiles.map(asWritten),
  }
  return isPart ? known : { ...known, outcome: noOutcome }
}

function asWritten(source: Source): GroupFile {
  return { source, text: source.text, spanOf: (start, end) => spanOf(source, start, end) }
}

/** What a rule says about one database: `x.db:1:1 CODE message`. */
export function findings(rule: IocRule, text: string, ioc: Partial<IocText> = {}): string[] {
  return told([...rule(checkedIoc({ files: { 'x.db': text }, ...ioc }))])
}

/** What a rule says about several IOCs. */
export function siteFindings(rule: SiteRule, iocs: readonly IocText[]): string[] {
  return told([...rule(iocs.map(checkedIoc))])
}

/** What is said about the links of one database, findings of one code. */
export function linkFindings(code: string, text: string): string[] {
  return linkSiteFindings(code, [{ files: { 'x.db': text } }])
}

/** What is said about the links of several IOCs, findings of some codes. */
export function linkSiteFindings(code: string | RegExp, iocs: readonly IocText[]): string[] {
  return siteFindings(links, iocs).filter((one) => one.match(code))
}

/** Notes and hints of the findings of one code about the links of a database. */
export function linkDetails(code: string, text: string): string[] {
  const found = [...links([checkedIoc({ files: { 'x.db': text } })])]
  return found
    .filter((one) => one.code === code)
    .flatMap(({ hint, notes }) => [
      ...notes.map(({ message, at }) => `${at ? `${formatPlace(at)} ` : ''}${message}`),
      ...(hint === undefined ? [] : [hint]),
    ])
}

const noOutcome: WalkOutcome = {
  ...{ runs: [], exits: false, children: new Map(), edits: new Map(), requests: [], loaded: [] },
  ...{
    initialised: true,
    lacksScript: false,
    afterInit: [],
    waiting: [],
    assumed: noAssumedLoads(),
    events: [],
    environment: new Map(),
  },
  ...{ toCopy: new Set(), diagnostics: [] },
} as unknown as WalkOutcome

const common = `
  field(NAME, DBF_STRING) { special(SPC_NOMOD) size(61) }
  field(DESC, DBF_STRING) { size(41) }
  field(SCAN, DBF_MENU) { menu(menuScan) }
  field(PINI, DBF_MENU) { menu(menuPini) }
  field(EVNT, DBF_STRING) { size(40) }
  field(TSEL, DBF_INLINK) { }
  field(DTYP, DBF_DEVICE) { }
  field(DISA, DBF_SHORT) { }
  field(DISV, DBF_SHORT) { initial("1") }
  field(SDIS, DBF_INLINK) { }
  field(PROC, DBF_UCHAR) { pp(TRUE) }
  field(STAT, DBF_MENU) { special(SPC_NOMOD) menu(menuScan) }
  field(PACT, DBF_UCHAR) { special(SPC_NOMOD) }
  field(TIME, DBF_NOACCESS) { special(SPC_NOMOD) extra("epicsTimeStamp time") }
  field(FLNK, DBF_FWDLINK) { }`

function recordType(name: string, fields: string): string {
  return `recordtype(${name}) {${common}\n${fields}\n}\n`
}

const inp = 'field(INP, DBF_INLINK) { }'
const out = 'field(OUT, DBF_OUTLINK) { }'
const double = 'field(VAL, DBF_DOUBLE) { pp(TRUE) }'

const smallDbd = `
menu(menuScan) {
  choice(menuScanPassive, "Passive")
  choice(menuScanEvent, "Event")
  choice(menuScanI_O_Intr, "I/O Intr")
  choice(menuScan1_second, "1 second")
}
menu(menuPini) {
  choice(menuPiniNO, "NO")
  choice(menuPiniYES, "YES")
  choice(menuPiniPAUSE, "PAUSE")
}
${recordType('ai', `${double} ${inp} field(SIOL, DBF_INLINK) { }`)}
${recordType('ao', `${double} ${out} field(DOL, DBF_INLINK) { }`)}
${recordType('calc', `${double} field(INPA, DBF_INLINK) { } field(INPB, DBF_INLINK) { }`)}
${recordType('fanout', 'field(VAL, DBF_LONG) { } field(LNK1, DBF_FWDLINK) { }')}
${recordType('stringin', `field(VAL, DBF_STRING) { size(40) } ${inp}`)}
${recordType('waveform', `field(VAL, DBF_NOACCESS) { special(SPC_DBADDR) extra("void *val") } ${inp}`)}
${recordType('other', `${double} ${inp}`)}
device(ai, CONSTANT, devAiSoft, "Soft Channel")
device(ai, CONSTANT, devAiSoftRaw, "Raw Soft Channel")
device(ai, INST_IO, devAiSimm, "asynFloat64")
device(ai, VME_IO, devAiVme, "VME board")
device(ao, CONSTANT, devAoSoft, "Soft Channel")
device(stringin, INST_IO, devSiEnviron, "getenv")
device(stringin, CONSTANT, devSiSoft, "Soft Channel")
device(waveform, CONSTANT, devWfSoft, "Soft Channel")
device(other, CONSTANT, devOtherSoft, "Soft Channel")
registrar(tsInitialize)
registrar(dbndInitialize)
registrar(arrInitialize)
registrar(QSRVRegistrar)
link(pva, lsetPVA)
link(calc, lnkCalcIf)
link(const, lnkConstIf)
`
