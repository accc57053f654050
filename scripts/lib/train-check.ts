// What most IOCs want of the check of databases: `compile-by-running.cjs` runs it once, so that the
// functions which it needs are compiled and all others are not.
import type { Checker } from '../../src/cli/iocsh/checker.ts'
import { fileFormats } from '../../src/startup/file-formats.ts'
import type { SourceReader } from '../../src/startup/source-reader.ts'
import { walk } from '../../src/startup/walk.ts'

const menus: Readonly<Record<string, readonly string[]>> = {
  menuScan: ['Passive', 'Event', 'I/O Intr', '10 second', '1 second', '.1 second'],
  menuAlarmSevr: ['NO_ALARM', 'MINOR', 'MAJOR', 'INVALID'],
  menuYesNo: ['NO', 'YES'],
}

const common = `	field(NAME, DBF_STRING) { prompt("Record Name") special(SPC_NOMOD) size(61) }
	field(DESC, DBF_STRING) {
		prompt("Descriptor")
		promptgroup("10 - Common")
		size(41)
	}
	%#include "link.h"
	field(SCAN, DBF_MENU) { special(SPC_SCAN) interest(1) menu(menuScan) }
	field(PINI, DBF_MENU) { interest(1) menu(menuYesNo) }
	field(DTYP, DBF_DEVICE) { interest(1) }
	field(FLNK, DBF_FWDLINK) { interest(1) }
	field(PROC, DBF_UCHAR) { pp(TRUE) interest(3) }
	field(INP, DBF_INLINK) { interest(1) }
	field(OUT, DBF_OUTLINK) { interest(1) }
	field(CALC, DBF_STRING) { special(SPC_CALC) size(80) initial("0") }
	field(INPA, DBF_INLINK) { interest(1) }
	field(VAL, DBF_DOUBLE) { asl(ASL0) pp(TRUE) }
	field(PREC, DBF_SHORT) { interest(1) prop(YES) }
	field(HIHI, DBF_DOUBLE) { interest(1) prop(YES) }
	field(HHSV, DBF_MENU) { menu(menuAlarmSevr) }
	field(ZRVL, DBF_ULONG) { base(HEX) }
	field(ZNAM, DBF_STRING) { size(26) }
	field(RPVT, DBF_NOACCESS) { special(SPC_NOMOD) extra("void *rpvt") }
`

const types = ['ai', 'calc', 'bo', 'mbbi']

const dbd = [
  ...Object.entries(menus).map(([name, choices]) => {
    const lines = choices.map((text, index) => `	choice(${name}_${index}, "${text}")`)
    return `menu(${name}) {\n${lines.join('\n')}\n}`
  }),
  ...types.map((type) => `recordtype(${type}) {\n${common}}`),
  ...types.map((type) => `device(${type}, CONSTANT, dev${type}Soft, "Soft Channel")`),
  ...types.map((type) => `device(${type}, INST_IO, dev${type}Asyn, "Asyn Scaler")`),
  'driver(drvAsyn)\nlink("calc", lnkCalcIf)\nregistrar(asSub)\nfunction(scanMon)',
  'variable(asCaDebug, int)\nbreaktable(typeK) { 0.0 0.0, 299.2 74.0 }\n',
].join('\n')

const records = `# A comment
record(ai, "$(P)$(R)In") {
  field(DESC, "Input of $(NAME=device)")
  field(DTYP, "Soft Channel")
  field(SCAN, ".1 second")
  field(INP, "$(P)$(R)Calc.VAL CP MS")
  field(PREC, "3")
  field(HIHI, "-1.5e3")
  field(HHSV, "MAJOR")
  field(FLNK, "$(P)$(R)Out")
  info(autosaveFields, "PREC")
  alias("$(P)$(R)Other")
}
record(calc, "$(P)$(R)Calc") {
  field(CALC, "(A>2)?A+B*SIN(C):MAX(A,0x1f)")
  field(INPA, {calc: {expr: "A", args: [1, 2]}})
  info(Q:group, {"$(P)grp": {"a": {+type: "plain", +channel: "VAL"}}})
}
record(bo, "$(P)$(R)Out") {
    field(PINI, YES)
    field(OUT, "@scaler($(PORT),0)VALUE")
    field(DTYP, "Asyn Scaler")
    field(ZNAM, "Off")
}
record(mbbi, "$(P)$(R)Mode") { field(ZRVL, "0x10") field(INP, "4") }
`

const rows = `global { PORT=L0 }
file "two.template" {
  pattern { P, R }
  { "B:", "1:" }
  { "B:", "2:" }
  { "B:", "3:" }
}
`

const files: Readonly<Record<string, string>> = {
  '/base/dbd/softIocPVA.dbd': dbd,
  '/ioc/one.db': records,
  '/ioc/two.template': records,
  '/ioc/rows.substitutions': rows,
}

const script = `epicsEnvSet("P", "A:")
dbLoadRecords("one.db", "P=$(P),R=x:,PORT=L0")
dbLoadTemplate("rows.substitutions")
iocInit()
dbpf("A:x:In", 1)
`

const reader: SourceReader = {
  read(path) {
    const text = files[path]
    if (text === undefined) return { reason: 'no such file', isMissing: true }
    return { source: { name: path, text }, hasByteOrderMark: false, isStream: false }
  },
  kindOf: (path) => (path in files ? 'file' : undefined),
  list: () => [],
  realPath: (path) => path,
}

/** @param program - what the bundle exports */
export function train({ checkLaunch }: { readonly checkLaunch: Checker }): void {
  const source = { name: 'st.cmd', text: script }
  const outcome = walk({
    parts: [{ at: { source, start: 0, end: 0 }, source }],
    ...{ environment: new Map(), cwd: '/ioc', reader, modules: [], incomplete: false },
    formats: () => fileFormats,
  })
  const version = { text: '7.0.10', parts: [7, 0, 10, 0], snapshot: '', site: '' } as const
  const found = checkLaunch({
    ...{ outcome, registrations: new Map(), reader, depth: 'errors', cwd: '/ioc', uid: 0 },
    moduleRecords: 'record(stringin, "IOC:RequireVersion") {\n}\n',
    base: {
      ...{ directory: '/base', arch: 'linux-x86_64', version },
      executable: { path: '/base/bin/linux-x86_64/softIocPVA' },
      dbd: '/base/dbd/softIocPVA.dbd',
      libraryDirectory: '/base/lib/linux-x86_64',
    },
    site: { reader: noModules, roots: [], architecture: 'linux-x86_64' },
  })
  const [first] = [...outcome.diagnostics, ...found]
  if (first) throw new Error(`the check is trained with a mistake: ${first.message}`)
}

const noModules = {
  list: () => undefined,
  isDirectory: () => false,
  isFile: () => false,
  realPath: () => undefined,
  readText: () => undefined,
}
