import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, newWorkspace, plain, type Workspace } from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { testBase } from '../../support/machine.ts'

const base = testBase()

const wrongField = 'record(ai, "$(P)a") {\n  field(DESCC, "x")\n}\n'

let workspace: Workspace
beforeAll(async () => {
  workspace = newWorkspace({
    'st.cmd': 'dbLoadRecords "wrong.db" "P=x:"\n',
    'wrong.db': wrongField,
    'lint.cmd': 'dbLoadRecords "lint.db" "P=x:,Q=unused"\n',
    'lint.db': 'record(ai, "$(P)a") {}\n',
    'order.cmd': 'dbpf x:a 1\ndbLoadRecords lint.db P=x:\n',
    'rows.cmd': 'dbLoadTemplate rows.substitutions\n',
    'rows.substitutions': 'file wrong.db {\n  { P=a: }\n  { P=b: }\n}\n',
    'port.cmd': 'dbLoadDatabase port.dbd\ndbLoadRecords port.db\n',
    'port.dbd': 'device(ai, INST_IO, devAsyn, "asynInt32")\n',
    'port.db': 'record(ai, "a") {\n  field(DTYP, "asynInt32")\n  field(INP, "@asyn(L1)X")\n}\n',
    'clash.db': '\nrecord(ai, "LAB:X:RequireVersion") {}\n',
    'site/st.cmd': 'cd site\ndbLoadRecords "wrong.db" "P=x:"\n',
    'site/wrong.db': wrongField,
    'site/e3.yaml':
      'severities:\n  - code: FIELD_UNKNOWN\n    severity: warning\n    reason: old\n',
  })
  workspace.write({
    'strict/e3.yaml': 'severities:\n  - { code: LINK_ELSEWHERE, severity: error }\n',
    'strict/st.cmd': 'cd strict\ndbLoadRecords "far.db"\n',
    'strict/far.db': 'record(ai, "a") {\n  field(INP, "GAS:P CP")\n}\n',
  })
  if (base) await buildLaunchModules(workspace, base)
})
afterAll(() => workspace.remove())

describe.skipIf(!base)('databases before the start', () => {
  test.each<[string, string[], string[]]>([
    [
      'a mistake in a database',
      ['st.cmd'],
      [
        'wrong.db:2:9: error[FIELD_UNKNOWN]: record type ai has no field DESCC',
        'note: st.cmd:1:15: loaded here',
        'help: did you mean "DESC"?',
      ],
    ],
    [
      'in a template, once for all rows',
      ['rows.cmd'],
      ['wrong.db:2:9: error[FIELD_UNKNOWN]', 'note: rows.substitutions:2:3: loaded here'],
    ],
    ['in a file argument', ['wrong.db', 'P=x:'], ['wrong.db:2:9: error[FIELD_UNKNOWN]']],
    [
      'a record of the modules',
      ['-n', 'LAB:X', 'clash.db'],
      [
        'clash.db:2:1: error[RECORD_TYPE_CONFLICT]: record LAB:X:RequireVersion is of type stringin',
      ],
    ],
    ['a command too early', ['order.cmd'], ['order.cmd:1:1: error[COMMAND_TOO_EARLY]: dbpf comes']],
    ['a port that nothing makes', ['port.cmd'], ['port.db:3:14: error[PORT_UNKNOWN]']],
    ['what the site has made an error', ['strict/st.cmd'], ['error[LINK_ELSEWHERE]']],
    ['lints if they are asked for', ['--check=all', 'lint.cmd', 'st.cmd'], ['info[MACRO_UNUSED]']],
  ])('%s', async (_, args, says) => {
    const { status, stdout, stderr } = await launch(workspace, args)
    for (const text of says) expect(plain(stderr)).toContain(text)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(workspace.runDirectories()).toEqual([])
  })

  test.each<[string, string[]]>([
    ['without the check', ['--no-check', 'st.cmd', '-c', 'exit']],
    ['a record of the modules of another IOC', ['-n', 'LAB:Y', 'clash.db', '-c', 'exit']],
    ['lints do not stop a start', ['--check=all', 'lint.cmd', '-c', 'exit']],
    ['the site has made it a warning', ['site/st.cmd', '-c', 'exit']],
  ])('started: %s', async (_, args) => {
    const { status, stdout } = await launch(workspace, args)
    expect(status).toBe(0)
    expect(plain(stdout)).toContain('dbLoadRecords')
  })

  test('a site that makes errors of what is none is asked at each start', async () => {
    const start = (settings: string) => {
      workspace.write({ 'strict/e3.yaml': settings })
      return launch(workspace, ['strict/st.cmd', '-c', 'exit'])
    }
    expect((await start('ignore: vendor\n')).status).toBe(0)
    const raised = await start('severities:\n  - { path: "**", severity: "err\\x6fr" }\n')
    expect(raised).toMatchObject({ status: 1, stderr: expect.stringContaining('LINK_ELSEWHERE') })
    expect(
      (await start('ignore: far.db\nseverities: [{ path: "*", severity: error }]\n')).status,
    ).toBe(0)
  })
})
