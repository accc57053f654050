import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { recordRules, siteRecordRules } from '../../src/check/records/rules.ts'
import type { CheckedIoc } from '../../src/check/types.ts'
import { createDefinitions } from '../../src/database/definitions/definitions.ts'
import { createLoader } from '../../src/database/records/loader.ts'
import { loadText } from '../../src/database/text/load-text.ts'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { privateNetwork } from '../support/epics-network.ts'
import { embeddedTestBase } from '../support/machine.ts'

const found = await embeddedTestBase()
const base = found ?? ''
const folder = mkdtempSync(join(tmpdir(), 'record-findings-'))
const program = join(base, 'bin', machineArchitecture(), 'softIocPVA')
const env = { ...process.env, ...(await privateNetwork()) }
afterAll(() => rmSync(folder, { recursive: true }))

/** What the IOC prints with this database, without colours. */
function runIoc(database: string, commands: readonly string[] = []): string {
  writeFileSync(join(folder, 'x.db'), database)
  const lines = ['dbLoadRecords x.db', 'iocInit', ...commands, 'exit']
  writeFileSync(join(folder, 'st.cmd'), `${lines.join('\n')}\n`)
  const options = { env, input: '', encoding: 'utf8', cwd: folder, timeout: 50_000 } as const
  const { stdout } = spawnSync('sh', ['-c', '"$0" st.cmd 2>&1', program], options)
  return stdout.replace(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g'), '')
}

/** What the rules say about the same database, against the dbd file of the IOC. */
function check(database: string): readonly Diagnostic[] {
  const definitions = createDefinitions()
  const dbd = { name: 'ioc.dbd', text: readFileSync(join(base, 'dbd/softIocPVA.dbd'), 'utf8') }
  const { text } = loadText(dbd, { macros: { list: '' }, limits: 'off' })
  definitions.load({ text, path: [], open: () => undefined, isTrusted: true })
  const loader = createLoader({ definitions })
  loader.load({ name: 'x.db', text: database })
  const ioc: CheckedIoc = { name: 'x', definitions, database: loader.database, loads: [] }
  const alone = recordRules.flatMap((rule) => [...rule(ioc)])
  return [...alone, ...siteRecordRules.flatMap((rule) => [...rule([ioc])])]
}

/** Lines of the database (one record a line) that findings of a code point to. */
function linesOf(database: string, diagnostics: readonly Diagnostic[]): string[] {
  const lines = database.split('\n')
  const wrong = diagnostics.map(({ at }) => {
    const before = at?.source.text.slice(0, at.start).split('\n').length ?? 0
    return lines[before - 1] ?? '?'
  })
  return [...new Set(wrong)].sort()
}

/** Lines of the database whose record is named by one of these matches. */
function linesNamed(database: string, names: Iterable<RegExpMatchArray>): string[] {
  const wanted = new Set([...names].map(([, name = '']) => name))
  return database
    .split('\n')
    .filter((line) => wanted.has(/"([^"]+)"/.exec(line)?.[1] ?? ''))
    .sort()
}

/** Records `x0`, `x1` ... one a line; `body` has the type in front: `ai field(...)`. */
function recordsOf(prefix: string, bodies: readonly string[]): string {
  return bodies
    .map((body, index) => {
      const [type = '', rest = ''] = body.split(/ (.*)/s)
      return `record(${type}, "${prefix}${index}") { ${rest} }\n`
    })
    .join('')
}

const values = [
  ...[
    '',
    '5',
    '-1e3',
    '0x10',
    'nan',
    'a',
    'a.VAL CP MS',
    '@',
    '@x',
    '#C0 S0',
    '#C0 S0 @x',
    '#L1 A2',
  ],
  ...['#B1 C2 N3 A4 F5', '#R1 M2 D3 E4', '#V1 C2 S3', '#L1 B2 G3', '#L1 A2 C3 S4', '#L1 N2 P3 S4'],
]

describe.runIf(found)('findings on records are those of the IOC', () => {
  test('links and their device support', () => {
    const bodies = values.flatMap((value) => [
      `ai field(INP, "${value}")`,
      `ai field(DTYP, "General Time") field(INP, "${value}")`,
      `ai field(INP, "${value}") field(DTYP, "Soft Timestamp")`,
      `ai field(DTYP, "Async Soft Channel") field(INP, "${value}")`,
      `ao field(OUT, "${value}")`,
      `lso field(DTYP, "stdio") field(OUT, "${value}")`,
      `waveform field(INP, "${value}")`,
      `calc field(INPA, "${value}")`,
      `fanout field(LNK1, "${value}")`,
      `ai field(SDIS, "${value}") field(TSEL, "${value}")`,
    ])
    bodies.push(
      'ai field(DTYP, "General Time") field(INP, {const: 5})',
      'ai field(INP, {const: 5})',
    )
    const database = recordsOf('d', bodies)
    const told = runIoc(database).matchAll(
      /^(?:ERROR: (?=\w+\.\w+: can't initialize link type)|recGblRecordError: .* PV: )(\w+)/gm,
    )
    const ours = check(database).filter(({ code }) => code === 'LINK_DEVICE')
    expect(linesOf(database, ours)).toEqual(linesNamed(database, told))
    expect(ours.length).toBeGreaterThan(50)
  })

  test('constant arrays', () => {
    const arrays = [
      ...['[1,2.5,0x10]', '[]', '[NaN,5.,.5,+1]', '["a","b"]', '[a]', '[01]', '[1,]', '"[1 2]"'],
      ...['[1,[2]]', '[1,{a:1}]', '[1,null]', '[true]', '[1,2,3,4,null]', '"[a]"', '"[1] PP"'],
      ...['[9223372036854775808]', '[-9223372036854775808]', '"[1],[2]"'],
      ...['[1e999]', '[0xffffffffffffffff]', '["1"]', '"[1,2"', '"[//x\\n1]"'],
    ]
    const bodies = arrays.flatMap((array) => [
      `aai field(NELM, 3) field(FTVL, "DOUBLE") field(INP, ${array})`,
      `waveform field(NELM, 3) field(INP, ${array})`,
      ...['DOUBLE', 'STRING', 'ENUM', '1'].map(
        (type) => `waveform field(NELM, 3) field(FTVL, "${type}") field(INP, ${array})`,
      ),
      `subArray field(MALM, 3) field(FTVL, "LONG") field(INP, ${array})`,
      `waveform field(DTYP, "QSRV Demo") field(FTVL, "DOUBLE") field(INP, ${array})`,
      `aao field(FTVL, "DOUBLE") field(OUT, ${array})`,
      `aSub field(INPA, ${array}) field(INPU, "5")`,
      `aSub field(INPU, ${array}) field(FTU, "STRING") field(NOU, 3) field(SUBL, ${array})`,
    ])
    bodies.push('waveform field(FTVL, "DOUBLE") field(INP, {const:["a"]})')
    const database = recordsOf('c', bodies)
    const told = runIoc(database).matchAll(/while parsing link (\w+)\.INP/g)
    const ours = check(database).filter(({ code }) => code === 'LINK_DEVICE')
    expect(linesOf(database, ours)).toEqual(linesNamed(database, told))
    expect(ours.length).toBeGreaterThan(80)
  })

  test('forward links', () => {
    const links = [
      ...[
        'a',
        'a.VAL',
        'a.PROC',
        'a CA',
        'a.PROC CA',
        'a.DESC',
        'a.NOPE',
        'a CP',
        'a CP CA',
        'a PP CA',
      ],
      ...['no', 'no.VAL', 'no.PROC', 'no CA', '5', '', 'no PP', 'al', 'al.DESC CA'],
    ]
    const bodies = links.flatMap((link) => [
      `ai field(FLNK, "${link}")`,
      `fanout field(LNK3, "${link}")`,
    ])
    const database = `${recordsOf('f', bodies)}record(ai, "a") { alias("al") }\n`
    const told = runIoc(database).matchAll(/pointing to PROC field\s+(\w+)\.\w+ =>/g)
    const ours = check(database).filter(({ code }) => code === 'LINK_FORWARD')
    expect(linesOf(database, ours)).toEqual(linesNamed(database, told))
    expect(ours.length).toBeGreaterThan(10)
  })

  test('I/O Intr with all device supports of base', () => {
    const dbd = readFileSync(join(base, 'dbd/softIocPVA.dbd'), 'utf8')
    const devices = [...dbd.matchAll(/^\s*device\((\w+),\s*\w+,\s*\w+,\s*"(.*)"\)/gm)]
    const types = [...dbd.matchAll(/^recordtype\((\w+)\)/gm)].map(([, type]) => type)
    const database = recordsOf('s', [
      ...devices.map(
        ([, type, choice]) => `${type} field(DTYP, "${choice}") field(SCAN, "I/O Intr")`,
      ),
      ...types.map((type) => `${type} field(SCAN, "I/O Intr")`),
    ])
    const told = runIoc(database).matchAll(/scanAdd: I\/O Intr not valid.*PV: (\w+)/g)
    const ours = check(database).filter(({ code }) => code === 'SCAN_INTERRUPT')
    expect(linesOf(database, ours)).toEqual(linesNamed(database, told))
    expect(ours.length).toBeGreaterThan(90)
  })

  test('functions of sub and aSub records', () => {
    const bodies = ['nope', 'QSRV_image_demo', '', ' QSRV_image_demo'].flatMap((name) => [
      `sub field(SNAM, "${name}")`,
      `sub field(SNAM, "QSRV_image_demo") field(INAM, "${name}")`,
      `aSub field(SNAM, "${name}")`,
      `aSub field(INAM, "${name}")`,
      `aSub field(SNAM, "${name}") field(LFLG, "READ")`,
    ])
    const database = recordsOf('f', bodies)
    const told = runIoc(database).matchAll(/(f\d+)\.\w+ ERROR function/g)
    const ours = check(database).filter(({ code }) => code === 'FUNCTION_UNKNOWN')
    expect(linesOf(database, ours)).toEqual(linesNamed(database, told))
    expect(ours.length).toBe(6)
  })

  test('fields of targets', () => {
    const targets = [
      ...[
        'a',
        'a.',
        'a.VAL',
        'a.DESC',
        'a.DESC$',
        'a.INP$',
        'a.NAME',
        'a.RTYP',
        'a.RTYP$',
        'a.UTAG',
      ],
      ...['a.NOPE', 'a.val', 'a.VAL.X', 'a.VAL$', 'a.$', 'a.SCAN$', 'a.DTYP$', 'a.TIME', 'a.SPVT'],
      ...[
        'w.VAL[0:3]',
        'w.[0]',
        'w.[-2:]',
        'w.VAL[0:3',
        'w.{}',
        'w.{arr:{s:1}}',
        'w.{\\"arr\\":{}}',
      ],
      ...[
        'w.{\\"nope\\":{}}',
        'w.{\\"ts\\":{}}[0:3]',
        'w.[0:3]{ts:{}}',
        's.VAL$',
        's.$',
        'l.VAL',
        'l.VAL$',
      ],
      ...['al.VAL', 'al.NOPE', 'w.BPTR', 'w.NORD'],
    ]
    const bodies = targets.map((target) => `ai field(INP, "${target} CA")`)
    const records =
      'record(ai, "a") { alias("al") }\nrecord(waveform, "w") { field(NELM, 9) }\nrecord(stringin, "s") {}\nrecord(lsi, "l") {}\n'
    const database = recordsOf('t', bodies) + records
    const report = runIoc(database, ['epicsThreadSleep 1', 'dbcar * 4'])
    const told = report.matchAll(/^\s+(t\d+)\.INP +--> /gm)
    const ours = check(database).filter(({ code }) => code === 'LINK_FIELD')
    expect(linesOf(database, ours)).toEqual(linesNamed(database, told))
    expect(ours.length).toBeGreaterThan(12)
  })

  test('output links to fields that cannot be written', () => {
    const targets = ['a.NAME', 'a.STAT', 'a.PACT', 'a.VAL', 'a.DESC', 'a.PROC', 'a.TIME', 'a.DISP']
    const bodies = targets.map(
      (target) => `ao field(OUT, "${target}") field(PINI, "YES") field(VAL, 1)`,
    )
    const database = `${recordsOf('o', bodies)}record(ai, "a") {}\n`
    const commands = targets.flatMap((_, index) => [`echo o${index}`, `dbgf o${index}.SEVR`])
    const told = runIoc(database, commands).matchAll(/^(o\d+)\n.*\n?DBF_STRING: +"INVALID"/gm)
    const ours = check(database).filter(({ code }) => code === 'LINK_FIELD')
    expect(linesOf(database, ours)).toEqual(linesNamed(database, told))
  })

  test('groups of QSRV', () => {
    const bodies = groups.map(
      (group, index) => `ai info(Q:group, ${group.replace('G', `G${index}`)})`,
    )
    const database = recordsOf('g', bodies)
    const report = runIoc(database)
    const told = [
      ...report.matchAll(/(g\d+): Error parsing info/g),
      ...report.matchAll(/(G\d+): Error Group not created/g),
      ...report.matchAll(/Group "(G\d+)" defines triggers/g),
      ...report.matchAll(/^(g\d+) : Error: Group name conflicts/gm),
    ]
    const names = told.map(([all, name = '']) => [all, name.toLowerCase()] as RegExpMatchArray)
    const ours = check(database).filter(({ severity }) => severity === 'error')
    expect(linesOf(database, ours)).toEqual(linesNamed(database, names))
    expect(ours.length).toBeGreaterThan(30)
  })
})

const members = [
  ...['{+channel:"VAL"}', '{+channel:"NOPE"}', '{+channel:5}', '{+channel:null}', '{+channel:""}'],
  ...['{+channel:"VAL$"}', '{+channel:"NAME$"}', '{+channel:" VAL"}', '{+channel:"SPVT"}', '{}'],
  ...['{+channel:"VAL[0:1]"}', '{+channel:"VAL{dbnd:{abs:1}}"}', '{+channel:"VAL{xx:{}}"}'],
  ...[
    '{+channel:"VAL",+atomic:true}',
    '{+channel:"VAL",+putorder:"a"}',
    '{+channel:"VAL",+putorder:"5"}',
  ],
  ...[
    '{+channel:"VAL",+putorder:1.5}',
    '{+channel:"VAL",+putorder:-5}',
    '{+channel:"VAL",+putorder:"5x"}',
  ],
  ...[
    '{+channel:"VAL",+putorder:true}',
    '{+channel:"VAL",+putorder:null}',
    '{+channel:"VAL",+type:"any"}',
  ],
  ...['{+channel:"VAL",+type:"wrong"}', '{+channel:"VAL",+type:5}', '{+type:"const",+const:5}'],
  ...[
    '{+type:"structure",+id:"foo"}',
    '{+type:"structure",+channel:"NOPE"}',
    '{+type:"meta",+putorder:1}',
  ],
  ...['{+type:"proc",+channel:"VAL"}', '{+type:"proc",+putorder:1}', '{+type:"any",+putorder:1}'],
  ...[
    '{+type:"plain",+putorder:1}',
    '{+type:"plain",+channel:"VAL"}',
    '{+putorder:1}',
    '{+trigger:"*"}',
  ],
  ...[
    '{+channel:"VAL",+trigger:"x,y"}',
    '{+channel:"VAL",+trigger:"x"}',
    '{+channel:"VAL",+trigger:""}',
  ],
  ...[
    '{+channel:"VAL",+trigger:"*,y"}',
    '{+channel:"VAL",+trigger:"x,*"}',
    '{+channel:"VAL",+trigger:"x,"}',
  ],
  ...['{+channel:"VAL",+trigger:5}', '{+channel:"VAL",+foo:{a:1}}', '{+channel:"VAL",+foo:[1]}'],
  ...['{+channel:"VAL",+id:[1]}', '{+channel:"VAL",+id:5}', '{+channel:"VAL",+foo:1}'],
]

const names = [
  '""',
  '"a.b[0].c"',
  '"1x"',
  '"x-y"',
  '"x y"',
  '"x..y"',
  '"x."',
  '"_x1"',
  '"x[a]"',
  '"x[1][2]"',
]

const texts = [
  ...['{"G":{}}', '{"G":5}', '{"G":null}', '[1]', '{"G":{"x":[1]}}', '{"G":{+atomic:"yes"}}'],
  ...[
    '{"G":{+atomic:1}}',
    '{"G":{+atomic:"true"}}',
    '{"G":{+atomic:false}}',
    '{"G":{+id:5}}',
    '{"G":{+foo:1}}',
  ],
  ...[
    "\"{'G':{'x':{'+channel':'VAL'}}}\"",
    '"{G:{x:{+channel:\'VAL\'}}}"',
    '"{\\"G\\":{\\"x\\":{}},}"',
  ],
  ...['"{\\"G\\":{}} x"', '"{\\"G\\":{}"', '" "', '"5"', '"[]"', '"/* c */{\\"G\\":{}}"'],
]

const groups = [
  ...members.map((member) => `{"G":{"x":${member}}}`),
  ...names.map((name) => `{"G":{${name}:{+channel:"VAL"}}}`),
  ...['plain', 'any', 'proc', 'meta', 'structure'].map(
    (type) => `{"G":{"":{+type:"${type}",+channel:"VAL"}}}`,
  ),
  ...texts,
]
