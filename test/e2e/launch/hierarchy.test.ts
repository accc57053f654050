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
    'outer.cmd': 'iocshLoad sub/nested.cmd\n',
    'bad.vdb':
      'expand("t/motor.vdb", m) {\n  macro(P, "$(m.position)")\n}\nrecord(ai, "$(n.p)") {}\n',
    'field.vdb': 'record(ai, "x") {\n  field(DESCC, "x")\n}\n',
    'bad.cmd': '\ndbLoadRecords("bad.vdb")\n',
  })
})
afterAll(() => workspace.remove())

describe.skipIf(!base)('hierarchical databases', () => {
  const values = ['-c', 'iocInit', '-c', 'dbpr n:in', '-c', 'dbl', '-c', 'exit']

  test.each<[string, string[], string[]]>([
    ['on the command line', ['main.vdb', 'P=z:'], ['z:in', 'z:m:pos']],
    ['in a script', ['st.cmd'], ['x:in', 'x:m:pos', 'y:in', 'y:m:pos']],
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

  test.each<[string, string[], string]>([
    ['check', ['field.vdb'], 'error[FIELD_UNKNOWN]'],
    ['check', ['bad.vdb'], 'bad.vdb:4:13: error[HIERARCHY_PORT]'],
    ['records', ['main.vdb', 'P=z:'], 'z:m:pos'],
    ['expand', ['main.vdb', 'P=z:'], 'record(ao, "z:m:pos")'],
  ])('e3 %s %j', async (command, args, said) => {
    const { stdout, stderr } = await runE3([command, ...args], { cwd: workspace.directory })
    expect(stdout + stderr).toContain(said)
  })
})
