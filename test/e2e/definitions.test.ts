import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  createDefinitions,
  type DefinitionSet,
} from '../../src/database/definitions/definitions.ts'
import type { FieldDefinition, RecordType } from '../../src/database/definitions/types.ts'
import type { LoadedText } from '../../src/database/records/types.ts'
import { loadText } from '../../src/database/text/load-text.ts'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { hasErrors } from '../../src/text/diagnostic.ts'
import { privateNetwork } from '../support/epics-network.ts'
import { embeddedTestBase } from '../support/machine.ts'

const found = await embeddedTestBase()
const base = found ?? ''
const folder = mkdtempSync(join(tmpdir(), 'definitions-'))
const program = join(base, 'bin', machineArchitecture(), 'softIocPVA')
const env = { ...process.env, ...(await privateNetwork()) }
afterAll(() => rmSync(folder, { recursive: true }))

/** What the IOC prints on these commands, without colours and echoed commands. */
function dump(...commands: readonly string[]): string[] {
  const script = join(folder, 'st.cmd')
  writeFileSync(script, `${commands.join('\n')}\n`)
  const options = { env, input: '', encoding: 'utf8', maxBuffer: 2 ** 26 } as const
  const { stdout } = spawnSync('sh', ['-c', '"$0" "$1" 2>&1', program, script], options)
  const plain = stdout.replace(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g'), '')
  return plain.split('\n').filter((line) => !/^(dbDump|dbLoad|epics>)/.test(line))
}

function load(file: string, options: { readonly isTrusted?: boolean } = {}): DefinitionSet {
  const set = createDefinitions()
  const open = (name: string): LoadedText | undefined => {
    if (!existsSync(name)) return undefined
    const source = { name, text: readFileSync(name, 'utf8') }
    return loadText(source, { macros: { list: '' }, limits: 'off' }).text
  }
  const text = open(join(base, 'dbd', file))
  if (!text) throw new Error(`no ${file}`)
  const diagnostics = set.load({ text, path: [join(base, 'dbd')], open, ...options })
  expect(diagnostics).toEqual([])
  return set
}

/** A field as `dbDumpField` tells it. */
interface Told {
  readonly name: string
  readonly prompt: string
  readonly extra: string
  readonly special: string
  readonly kind: string
  readonly pp: string
  readonly prop: string
  readonly base: string
  readonly group: string
  readonly interest: string
  readonly level: string
  readonly initial: string
  readonly menu: string
  /** Of strings only, the others are sizes of C types. */
  readonly size: string
}

/** By record type, in the order of the fields. */
function fieldsOfIoc(lines: readonly string[]): Map<string, Told[]> {
  const types = new Map<string, Told[]>()
  let fields: Told[] = []
  let values: Record<string, string> = {}
  const close = (): void => {
    if (values['name'] !== undefined) fields.push(told(values))
    values = {}
  }
  for (const line of lines) {
    const type = /^recordtype\((\w+)\)/.exec(line)?.[1]
    const name = /^ {4}(\w+)$/.exec(line)?.[1]
    const value = /^[\t ]+(\w+): ?(.*)$/.exec(line)
    if (type !== undefined || name !== undefined || /^Attribute/.test(line)) close()
    if (type !== undefined) {
      fields = []
      types.set(type, fields)
    } else if (name !== undefined) values = { name }
    else if (value?.[1] !== undefined) values[value[1]] = value[2] ?? ''
  }
  close()
  return types
}

function told(values: Readonly<Record<string, string>>): Told {
  const kind = values['field_type'] ?? ''
  return {
    name: values['name'] ?? '',
    prompt: values['prompt'] ?? '',
    extra: values['extra'] ?? '',
    special: (values['special'] ?? '').split(' ')[1] ?? '',
    kind,
    pp: values['process_passive'] ?? '',
    prop: values['property'] ?? '',
    base: values['base'] ?? '',
    group: values['promptgroup'] ?? '',
    interest: values['interest'] ?? '',
    level: values['as_level'] ?? '',
    initial: values['initial'] ?? '',
    menu: values['menu'] ?? '',
    size: kind === 'DBF_STRING' ? (values['size'] ?? '') : '',
  }
}

/** The same of our own definition. */
function toldOf(field: FieldDefinition): Told {
  return {
    name: field.name,
    prompt: field.prompt ?? '',
    extra: field.extra ?? '',
    special: field.special ?? '',
    kind: field.kind,
    pp: field.processPassive ? '1' : '0',
    prop: field.prop ? '1' : '0',
    base: field.base === 'HEX' ? '1' : '0',
    group: field.promptGroup ?? '0',
    interest: `${field.interest ?? 0}`,
    level: field.asl === 'ASL0' ? '0' : '1',
    initial: field.initial ?? '',
    menu: field.menu ?? '',
    size: field.kind === 'DBF_STRING' ? `${field.size}` : '',
  }
}

/** One line a field, in the order of the file. */
function fieldsOf(types: ReadonlyMap<string, RecordType>): string[] {
  return [...types].flatMap(([name, { fields }]) =>
    [...fields.values()].map((field) => `${name} ${JSON.stringify(toldOf(field))}`),
  )
}

const field = '{ field(X,DBF_LONG) { prompt("x") } }'

const keywords = [
  ...['include', 'path', 'addpath', 'menu', 'choice', 'recordtype', 'field', 'device', 'driver'],
  ...['link', 'breaktable', 'record', 'grecord', 'info', 'alias', 'registrar', 'function'],
  ...['variable', 'prompt', 'initial', 'base', 'template'],
]

/** Each with names of its own. */
const files = [
  'menu(a1) { choice(a,"A") }',
  'menu(a2) { }',
  'menu(a3)',
  'menu a4 { choice(a,"A") }',
  'menu(a5) { choice(a "A") }',
  'menu(a6) { choice(a,"A"), choice(b,"B") }',
  'menu(a7) { choise(a,"A") }',
  'menu(a8) { choice(a,"A) }',
  "menu('a9') { choice(a,b) }",
  'menu(a10) { choice(a,b) } }',
  'menu(a11) { choice(a,b)',
  'menu(a12) { choice(a,"b") choice(c,"b") }',
  'menu(menuYesNo) { choice(a,"other") }',
  'menu(a13) { choice(a,"b\\n \\x41") }; ',
  '# menu(a14) {\nmenu ( a14 ) # x {\n { choice\n(a # (\n , "}") }',
  '%#include "x"',
  `recordtype(b1) ${field}`,
  'recordtype(b2) { }',
  'recordtype(b3) { field(X,DBF_LONG) }',
  'recordtype(b4) { field(X,DBF_LONG) { } }',
  'recordtype(b5) { field(X,DBF_LONGG) { prompt("x") } }',
  'recordtype(b6) { field(X,DBF_LONG) { promt("x") } }',
  'recordtype(b7) { field(X,DBF_LONG) { prompt(x y) } }',
  'recordtype(b8) { field(X,DBF_LONG) { prompt("x") %x\n } }',
  'recordtype(b9) { field(X,DBF_LONG) { prompt("x") } %x\n }',
  'recordtype(b10) { field(X,DBF_STRING) { prompt("x") } }',
  'recordtype(b11) { field(X,DBF_NOACCESS) { prompt("x") } }',
  'recordtype(b12) { field(X,DBF_MENU) { prompt("x") } }',
  'recordtype(b13) { field(X,DBF_MENU) { menu(none) } }',
  'recordtype(b14) { field(X,DBF_MENU) { menu(menuScan) } }',
  'recordtype(b15) { field(X,DBF_LONG) { prompt("x") } field(X,DBF_LONG) { prompt("x") } }',
  ...[
    ...['SPC_NOMODE', 'SPC_ATTRIBUTE', 'SPC_MOD', '103', '7x'].map((one) => `special(${one})`),
    ...['MAYBE', 'TRUE', 'true', 'NO'].flatMap((one) => [`pp(${one})`, `prop(${one})`]),
    ...['x', '0x2', '2x', '" 3"', '-1'].flatMap((one) => [`interest(${one})`, `size(${one})`]),
    ...['base(OCT)', 'base(HEX)', 'asl(ASL9)', 'asl(ASL0)', 'initial(5)', 'extra("x")'],
    ...['promptgroup("x")', 'prompt("x" "y")', 'prompt()', 'prompt("")', 'initial(menu)'],
  ].map((attribute, n) => `recordtype(c${n}) { field(X,DBF_LONG) { ${attribute} } }`),
  'device(aii,INST_IO,devAi,"S")',
  'device(ai,INSTIO,devAi,"S")',
  'device(ai,,devAi,"S")',
  'device(ai,INST_IO,devAi,"S",x)',
  'device(ai,INST_IO,devAi,"S") { }',
  'device(ai,INST_IO,devAi,"Soft Channel")',
  'driver(d) driver(d) registrar(r) function(f)',
  'variable(v1) variable(v1,double) variable(v2,float)',
  'link(l1,l) link(l1,m)',
  'breaktable(e1) { 0 0 1 }',
  'breaktable(e2) { 0 0 }',
  'breaktable(e3) { 0 0 1 0 }',
  'breaktable(e4) { 0 0 1 1 2 0.5 }',
  'breaktable(e5) { 0 x 0 1 1 }',
  'breaktable(e6) { 5 0 "4" 1, 3 2 }',
  'breaktable(e7) { 5 0, 4,, 1 }',
  'breaktable(e8) { 0, 0, 0 1 }',
  'breaktable(e9) { 0x10 0 0x20 1 }',
  'include "none.dbd"',
  'foo(a)',
  ...keywords.map((word, n) => `menu(k${n}) { choice(${word},"A") }`),
  ...['{ , 0 0 1 1 }', '{ 0 0 1 1 , }', '{ 0 0 , 1 1 }'].map(
    (braces, n) => `breaktable(f${n}) ${braces}`,
  ),
  'Menu(a15) { choice(a,"A") }',
]

/** Whether the IOC prints an error on a dbd file; some mistakes kill it. */
async function isRefused(text: string, name: string): Promise<boolean> {
  const file = join(folder, `${name}.dbd`)
  const script = join(folder, `${name}.cmd`)
  writeFileSync(file, text)
  writeFileSync(script, `dbLoadDatabase "${file}"\necho "still alive"\n`)
  const child = spawn(program, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      printed += data.toString()
    })
  }
  await new Promise((resolve) => child.on('close', resolve))
  return /ERROR/.test(printed) || !/^still alive/m.test(printed)
}

describe.skipIf(found === undefined)('definitions are those of the IOC', () => {
  test.each([
    ['softIocPVA.dbd as a trusted file', true],
    ['softIocPVA.dbd with all checks', false],
  ])('all fields of all record types: %s', (_, isTrusted) => {
    const set = load('softIocPVA.dbd', { isTrusted })
    const expected = [...fieldsOfIoc(dump('dbDumpField pdbbase'))].flatMap(([name, fields]) =>
      fields.map((field) => `${name} ${JSON.stringify(field)}`),
    )
    expect(expected.length).toBeGreaterThan(2500)
    expect(fieldsOf(set.recordTypes)).toEqual(expected)
    expect(set.takeLate()).toEqual([])
  })

  test('base.dbd with its includes gives the same record types', () => {
    const all = load('softIocPVA.dbd').recordTypes
    const { recordTypes } = load('base.dbd', { isTrusted: true })
    expect(recordTypes.size).toBeGreaterThan(25)
    const expected = [...recordTypes.keys()].map((name): [string, RecordType] => {
      const type = all.get(name)
      if (!type) throw new Error(name)
      return [name, type]
    })
    expect(fieldsOf(recordTypes)).toEqual(fieldsOf(new Map(expected)))
  })

  test('menus, devices and all that is registered', () => {
    const set = load('softIocPVA.dbd')
    const menus = [...set.menus.values()].map(({ name, choices }) => {
      const lines = [...choices].map(([text, { symbol }]) => `\tchoice(${symbol},"${text}")\n`)
      return `menu(${name}) {\n${lines.join('')}}`
    })
    const dumpedMenus = dump('dbDumpMenu pdbbase')
      .join('\n')
      .split(/^(?=menu\()/m)
    expect(
      dumpedMenus
        .map((menu) => menu.trim())
        .filter(Boolean)
        .toSorted(),
    ).toEqual(menus.toSorted())
    const devices = [...set.recordTypes.values()].flatMap(({ name, devices: all }) => [
      `recordtype(${name})`,
      ...[...all.values()].flatMap(({ support, choice }) => [
        `device name: ${support}`,
        `choice: ${choice}`,
      ]),
    ])
    const dumped = dump('dbDumpDevice pdbbase').map((line) => line.trim().replace(/: +/, ': '))
    expect(dumped.filter((line) => /^(recordtype|device name|choice)/.test(line))).toEqual(devices)
    const registered = [
      ...[...set.drivers.keys()].map((name) => `driver(${name})`),
      ...[...set.linkTypes.values()].map(({ name, support }) => `link(${name},${support})`),
      ...[...set.registrars.keys()].map((name) => `registrar(${name})`),
      ...[...set.functions.keys()].map((name) => `function(${name})`),
      ...[...set.variables.values()].map(({ name, type }) => `variable(${name},${type})`),
    ]
    const commands = ['Driver', 'Link', 'Registrar', 'Function', 'Variable']
    const printed = dump(...commands.map((name) => `dbDump${name} pdbbase`))
    expect(
      printed.filter((line) => /^(driver|link|registrar|function|variable)\(/.test(line)),
    ).toEqual(registered)
  })

  test('what is an error for the IOC is an error here, and nothing else', async () => {
    const set = load('softIocPVA.dbd', { isTrusted: true })
    const found = files.map((text) => {
      const loaded = loadText({ name: 'a.dbd', text }, { macros: { list: '' }, limits: 'off' })
      const diagnostics = set.load({ text: loaded.text, path: ['.'], open: () => undefined })
      return [text, hasErrors(diagnostics)]
    })
    // An IOC takes long to end, so all at once.
    const refused = await Promise.all(files.map((text, n) => isRefused(text, `${n}`)))
    expect(found).toEqual(files.map((text, n) => [text, refused[n]]))
  })
})
