import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, newWorkspace, plain, type Workspace } from '../../support/launch.ts'
import { testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'

const base = testBase()

let workspace: Workspace
beforeAll(() => {
  workspace = newWorkspace({
    'main.vdb':
      'record(ai, "$(P)in") {\n  field(INP, "$(motor.position)")\n}\nexpand("t/motor.vdb", motor) {\n  macro(P, "$(P)m:")\n}\n',
    't/motor.vdb': 'template() { port(position, "$(P)pos.VAL") }\ninclude "pos.db"\n',
    't/pos.db': 'record(ao, "$(P)pos") {\n  field(VAL, "42")\n  field(PINI, "YES")\n}\n',
    'st.cmd':
      'epicsEnvSet P x:\nsystem "true"\ndbLoadRecords("main.vdb", "P=$(P)")\ndbLoadRecords "main.vdb" P=y: > load.log\n',
    'sub/nested.cmd': 'dbLoadRecords main.vdb P=n:\n',
    'rows.substitutions':
      'file "t/motor.vdb" {\n  pattern { P }\n  { "$(L)1" }\n  { "$(L)2" }\n}\nfile main.vdb { { P="$(L)3" } }\n',
    'rows.cmd': 'dbLoadTemplate rows.substitutions L=s\ndbLoadDatabase t/motor.vdb "" P=d\n',
    'outer.cmd': 'iocshLoad sub/nested.cmd\n',
    'bad.vdb':
      'expand("t/motor.vdb", m) {\n  macro(P, "$(m.position)")\n}\nrecord(ai, "$(n.p)") {}\n',
    'inc.db': 'include "main.vdb"\n',
    'field.vdb': 'record(ai, "x") {\n  field(DESCC, "x")\n}\n',
    't/bad.vdb':
      'template() { port(out, "$(P)x.VAL") }\nrecord(ai, "$(P)x") {\n  field(INP, "$(IN)")\n  field(DESCC, "x")\n}\n',
    'deep.vdb': 'expand("t/wrap.vdb", w) {\n  macro(P, "$(P)")\n}\n',
    't/wrap.vdb':
      'expand("bad.vdb", "in$(P)") {\n  macro(P, "$(P)w:")\n  macro(IN, "@x y")\n}\nexpand("bad.vdb", two) {\n  macro(P, "$(P)two:")\n}\n',
    'deep.cmd': 'dbLoadRecords("deep.vdb", "P=z:")\n',
    'bad.cmd': '\ndbLoadRecords("bad.vdb")\n',
  })
})
afterAll(() => workspace.remove())

describe.skipIf(!base)('hierarchical databases', () => {
  const values = ['-c', 'iocInit', '-c', 'dbpr n:in', '-c', 'dbl', '-c', 'exit']

  test.each<[string, string[], string[]]>([
    ['on the command line', ['main.vdb', 'P=z:'], ['z:in', 'z:m:pos']],
    ['in a script', ['st.cmd'], ['x:in', 'x:m:pos', 'y:in', 'y:m:pos']],
    [
      'in a substitution file',
      ['rows.substitutions', 'L=s'],
      ['s1pos', 's2pos', 's3in', 's3m:pos'],
    ],
    ['by other commands', ['rows.cmd'], ['s2pos', 's3m:pos', 'dpos']],
    ['in a script that a script loads', ['outer.cmd'], ['n:in', 'n:m:pos']],
  ])('%s', async (_, args, records) => {
    const { status, stdout, stderr } = await launch(workspace, [...args, ...values])
    const lines = plain(stdout).split('\n')
    for (const name of records) expect(lines.some((line) => line.endsWith(name))).toBe(true)
    expect([plain(stderr).includes('ERROR'), status]).toEqual([false, 0])
  })

  test('ports lead to the records of the template', async () => {
    const args = ['main.vdb', 'P=n:', '-c', 'iocInit', '-c', 'dbpr n:in 1', '-c', 'exit']
    const { stdout } = await launch(workspace, args)
    expect(plain(stdout)).toContain('INP : DB_LINK n:m:pos.VAL')
  })

  test('scripts stay as they are', () => {
    expect(readFileSync(workspace.path('st.cmd'), 'utf8')).toContain('dbLoadRecords("main.vdb", ')
  })

  test('mistakes stop the start, with the line that loads the file', async () => {
    const { status, stdout, stderr } = await launch(workspace, ['bad.cmd'])
    const said = plain(stderr)
    expect(said).toMatch(/bad.vdb:2:3: error\[HIERARCHY_LOOP\]/)
    expect(said).toMatch(/bad.vdb:4:13: error\[HIERARCHY_PORT\]/)
    expect(said).toContain('note: bad.cmd:2:15: loaded here')
    expect([status, stdout]).toEqual([1, ''])
  })

  const chain = [
    't/bad.vdb:4:9: error[FIELD_UNKNOWN]: record type ai has no field DESCC',
    '  4 |   field(DESCC, "x")',
    '    |         ^^^^^',
    '  note: t/wrap.vdb:1:1: expanded as "in$(P)" here',
    '  note: deep.vdb:1:1: expanded as "w" here',
    '  note: deep.cmd:1:15: loaded here',
  ]

  test('a mistake in a template is shown where it is written, with the expands that lead there', async () => {
    const { status, stderr } = await launch(workspace, ['deep.cmd'])
    expect(plain(stderr).split('\n')).toEqual(expect.arrayContaining(chain))
    expect(status).toBe(1)
    const checked = await runE3(['check', 'deep.cmd'], { cwd: workspace.directory })
    expect(checked.stdout.split('\n')).toEqual(expect.arrayContaining(chain))
    expect(checked.stdout).toContain('  note: t/wrap.vdb:3:3: macro IN is given here\n')
    const fixed = await runE3(['check', '--fix', 'deep.cmd'], { cwd: workspace.directory })
    expect(fixed.stdout).toContain('+++ t/bad.vdb')
  })

  test.each<[string, string[], string]>([
    ['records', ['--origin', 'deep.vdb', 'P=z:'], 't/bad.vdb:2:1 < t/wrap.vdb:5:1 < deep.vdb:1:1'],
    ['expand', ['--origin', 'deep.vdb', 'P=z:'], '# t/bad.vdb:2:1 < t/wrap.vdb:1:1 < deep.vdb:1:1'],
    ['check', ['t'], 't/bad.vdb:4:9: error[FIELD_UNKNOWN]'],
    ['check', ['inc.db'], 'an IOC cannot include a hierarchical database: flatten it'],
    ['diff', ['main.vdb', 'P=z:', 'rows.substitutions', 'L=z:'], '- record(ai, "z:in")'],
    ['records', ['rows.substitutions', 'L=s', '--origin'], 't/pos.db:1:1 < t/motor.vdb:2:9 < rows'],
    ['check', ['field.vdb'], 'error[FIELD_UNKNOWN]'],
    ['check', ['bad.vdb'], 'bad.vdb:4:13: error[HIERARCHY_PORT]'],
    ['records', ['main.vdb', 'P=z:'], 'z:m:pos'],
    ['expand', ['main.vdb', 'P=z:'], 'record(ao, "z:m:pos")'],
  ])('e3 %s %j', async (command, args, said) => {
    const { stdout, stderr } = await runE3([command, ...args], { cwd: workspace.directory })
    expect(stdout + stderr).toContain(said)
  })
})
