import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { newWorkspace } from '../../support/launch.ts'
import { repository, testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'

const base = testBase()
const workspace = newWorkspace({
  'st.cmd':
    'dbLoadRecords a.db\nasSetFilename lab.acf\nset_requestfile_path(".")\niocInit\n' +
    'create_monitor_set("auto.req", 5, "P=LAB:OVEN:")\n',
  'init.cmd': 'asSetFilename bad.acf\n',
  'a.db':
    'record(ai, "LAB:OVEN:TEMP") {\n  field(ASG, "ovn")\n}\nrecord(ai, "LAB:OVEN:PRES") {\n}\n',
  'lab.acf': 'UAG(ops) {alice}\nASG(oven) {RULE(1, WRITE) {UAG(ops)}}\n',
  'auto.req': '$(P)TEMP.VAL\n$(P)PRES.VALL\nfile more.req P=$(P)\n',
  'more.req': '$(P)FLOWX\n',
  'bad.acf': 'ASG(oven) {RULE(1, WRITE) {UAG(ops)}}\n',
  'nul.req': 'a\0b\n',
  'nul.acf': 'a\0b\n',
  'nul.cmd': 'asSetFilename nul.acf\niocInit\ncreate_monitor_set nul.req\n',
})
afterAll(() => workspace.remove())

async function found(words: readonly string[]) {
  const { stdout, stderr, status } = await runE3(['check', ...words], {
    cwd: workspace.directory,
    env: {
      ...{ EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '', IOCNAME: '', NO_COLOR: '1' },
      XDG_CACHE_HOME: join(workspace.directory, 'cache'),
    },
  })
  const lines = stdout.split('\n').filter((line) => /(error|warning|info)\[/.test(line))
  return { lines: lines.map((line) => line.replace(/\]:.*/, ']')), stderr, status }
}

describe.skipIf(!base)('files that commands name', () => {
  test('of a startup script', async () => {
    const { lines, stderr } = await found(['st.cmd'])
    expect(lines.filter((line) => !line.includes('COMMAND_UNKNOWN'))).toEqual([
      'auto.req:2:1: warning[REQUEST_FIELD]',
      'more.req:1:1: warning[REQUEST_RECORD]',
      'a.db:2:14: warning[ACCESS_RECORD]',
    ])
    expect(stderr).toContain('in 1 IOC, 5 files, 2 records')
  })

  test('an access security file that iocInit would refuse stops a start', () => {
    const { stderr, status } = spawnSync(join(repository, 'bin/iocsh'), ['init.cmd'], {
      cwd: workspace.directory,
      env: { ...process.env, EPICS_BASE: base, NO_COLOR: '1' },
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect(stderr).toContain('bad.acf:1:32: error[ACCESS_GROUP]')
    expect(status).toBe(1)
  })

  test.each([
    [['lab.acf'], [], 0],
    [['bad.acf'], ['bad.acf:1:32: error[ACCESS_GROUP]'], 1],
    [['more.req', 'P=x'], [], 0],
    [['auto.req'], ['info[TEMPLATE_MACROS]'], 0],
    [['no.req'], ['<command line>:1:10: error[FILE_NOT_FOUND]'], 1],
    [['nul.req'], ['<command line>:1:10: error[FILE_UNREADABLE]'], 1],
    [['nul.acf'], ['<command line>:1:10: error[FILE_UNREADABLE]'], 1],
  ])('%j alone', async (words, expected, status) => {
    expect(await found(words)).toMatchObject({ lines: expected, status })
  })

  test('of a script, what cannot be read is told as that', async () => {
    const { lines } = await found(['nul.cmd'])
    expect(lines.filter((line) => line.includes('FILE'))).toEqual([
      'nul.cmd:1:15: error[FILE_UNREADABLE]',
      'nul.cmd:3:20: warning[FILE_UNREADABLE]',
    ])
  })

  test.each([
    ['diff', 'more.req', 'auto.req'],
    ['expand', 'lab.acf'],
    ['records', 'more.req'],
  ])('e3 %s takes none: it would seem to be empty', async (...words) => {
    const { stderr, status } = await runE3(words, { cwd: workspace.directory })
    expect(stderr).toContain(`help: look at it: e3 check ${words[1]}`)
    expect(status).toBe(2)
  })

  test.each(['check', 'records', 'expand'])(
    'e3 %s: a name for an input that is not read',
    async (one) => {
      const words = [one, '--stdin-name', 'x.db', 'a.db']
      const { stderr, status } = await runE3(words, { cwd: workspace.directory })
      expect(stderr).toContain('error[OPTION_VALUE]: --stdin-name x.db is for standard input')
      expect(status).toBe(2)
    },
  )

  test.each(['check', 'records', 'expand', 'diff'])(
    'e3 %s: an empty word is no file',
    async (one) => {
      const { stderr, status } = await runE3([one, '', 'a.db'], { cwd: workspace.directory })
      expect(stderr).toContain('error[OPTION_VALUE]: the name of a file is empty')
      expect(status).toBe(2)
    },
  )
})
