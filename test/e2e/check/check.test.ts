import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { machineArchitecture } from '../../../src/host/base/architecture.ts'
import { newWorkspace, type Workspace } from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { asAnyUser, repository, testBase } from '../../support/machine.ts'
import { type Ended, runE3 } from '../../support/run-e3.ts'

const base = testBase()
const good = 'record(ai, "$(P)Temp") {\n  field(DESC, "temperature")\n}\n'

let workspace: Workspace
beforeAll(async () => {
  workspace = newWorkspace({
    'good/st.cmd': 'epicsEnvSet P LAB:\ndbLoadRecords good.db "P=$(P)"\niocInit\n',
    'good/good.db': good,
    'bad/st.cmd': 'dbLoadRecords bad.db P=BAD:\ndbLoadRecords nofile.db\nfoo bar\niocInit\n',
    'bad/bad.db': 'record(ai, "$(P)x") {\n  field(DSCE, "x")\n  field(VAL, "$(Q)")\n}\n',
    'twin/st.cmd': 'dbLoadRecords ../good/good.db P=LAB:\n',
    'parts/main.cmd': '< more.cmd\n',
    'parts/more.cmd': 'dbLoadRecords $(NAME=good.db) P=X:\n',
    'parts/good.db': good,
    'template/motor.template': 'record(ai, "$(P)m") {\n  field(SCAN, "$(SCAN)")\n}\n',
    'modules.cmd': 'require alpha,1.0.0\ndbLoadRecords alpha.template "P=LAB:,D=x"\n',
    'late.cmd': 'dbLoadRecords alpha.template P=LAB:\nrequire alpha,1.0.0\n',
    'empty/notes.txt': '',
    'site/e3.yaml':
      'iocs:\n  - name: LAB:A\n    script: a/run.cmd\n    macros: { P: "LAB:" }\n' +
      'severities:\n  - code: SITE_FIELD\n    severity: error\n' +
      'rules:\n  required-fields:\n    ai: EGU\n',
    'site/a/run.cmd': 'dbLoadRecords a.db P=$(P)\n',
    'site/a/a.db': good,
    'site/other/st.cmd': 'dbLoadRecords nofile.db\n',
  })
  if (base) await buildLaunchModules(workspace, base)
})
afterAll(() => workspace.remove())

const environment = { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '', IOCNAME: '', NO_COLOR: '1' }

function e3(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const cache = { XDG_CACHE_HOME: join(workspace.directory, 'cache') }
  return runE3(args, { cwd: workspace.directory, env: { ...environment, ...cache, ...env } })
}

/** First lines of what was found, without the excerpts. */
function found({ stdout }: Ended): string[] {
  return stdout.split('\n').filter((line) => /(error|warning|info)\[/.test(line))
}

describe.skipIf(!base)('e3 check', () => {
  test('a good IOC: nothing is printed but the summary', async () => {
    const ended = await e3(['check', '--cd', 'good/st.cmd'])
    expect(ended).toMatchObject({ stdout: '', status: 0 })
    expect(ended.stderr).toMatch(/^nothing wrong in 1 IOC, 2 files, 1 record \(\d+\.\d s\)\n$/)
  })

  test('all mistakes in one run, in file order, with their places', async () => {
    const ended = await e3(['check', '--cd', 'bad/st.cmd'])
    expect(ended.status).toBe(1)
    expect(found(ended)).toEqual([
      'bad/st.cmd:2:15: error[FILE_NOT_FOUND]: there is no database "nofile.db"',
      'bad/st.cmd:3:1: error[COMMAND_UNKNOWN]: the IOC has no command foo',
      'bad/bad.db:2:9: error[FIELD_UNKNOWN]: record type ai has no field DSCE',
      'bad/bad.db:3:15: error[MACRO_UNDEFINED]: macro Q is not defined',
    ])
    expect(ended.stderr).toContain('4 errors in 1 IOC, 2 files, 1 record')
  })

  test('with a missing macro the findings about all others are those that come once it has a value', async () => {
    workspace.write({
      'skipped/st.cmd':
        'dbLoadRecords("x.db", "P=$(SYS):,PORT=COM1,EXTRA=1")\n' +
        'dbLoadTemplate("x.substitutions", "P=$(SYS):,PORT=COM1")\n' +
        'iocshLoad("x.iocsh", "P=$(SYS):,PORT=COM1,UNUSED=2")\n' +
        'dbLoadRecords("no.db", "P=$(SYS):")\n',
      'skipped/x.db':
        'record(ai, "$(P)A") {\n  field(DESC, "$(PROT)")\n  field(EGU, "$(Q)")\n  field(EVNT, "$(P)")\n}\n',
      'skipped/x.substitutions': 'file x.db { pattern { N, Q } { 1, a } }\n',
      'skipped/x.iocsh': 'echo "$(PROT)"\ndbLoadRecords("x.db", "P=$(P),PROT=1,F=2")\n',
    })
    const command = ['check', '--cd', 'skipped/st.cmd']
    const [first, ...others] = found(await e3(command))
    expect(first).toContain('macro SYS is undefined')
    const later = found(await e3(command, { SYS: 'LAB' }))
    expect(others.sort()).toEqual(later.filter((one) => !one.includes('RECORD_TWICE')).sort())
    expect(others.length).toBeGreaterThan(8)
  })

  test('a file that only an older version of a module has', async () => {
    const lib = `lib/${machineArchitecture()}/heater.dep`
    workspace.write({
      [`heaters/heater/1.0.0/${lib}`]: '',
      'heaters/heater/1.0.0/db/old.db': good,
      [`heaters/heater/2.0.0/${lib}`]: '',
      'old.cmd': 'dbLoadRecords old.db P=\n',
      'new.cmd': 'require heater\ndbLoadRecords old.db P=\n',
    })
    const told = async (script: string) => {
      const { stdout } = await e3(['check', '-l', 'heaters', script])
      return stdout.split('\n').filter((line) => /heater \d/.test(line))
    }
    expect(await told('old.cmd')).toEqual([
      '  note: module heater 1.0.0 has it, not required; 2.0.0, the newest, has it not',
      '  help: add the line: require heater 1.0.0',
    ])
    expect(await told('new.cmd')).toEqual([
      '  note: module heater 1.0.0 has it, but the IOC has heater 2.0.0',
      '  help: ask for that version: require heater 1.0.0',
    ])
  })

  test('what the IOCs of a tree miss that is not built is shown once, and counted for each', async () => {
    const script =
      '< envPaths\ncd "$(TOP)"\ndbLoadDatabase "../../dbd/x.dbd"\ndbLoadRecords own.db\niocInit\n'
    const names = ['A', 'B', 'C']
    for (const name of names) workspace.write({ [`unbuilt/iocBoot/ioc${name}/st.cmd`]: script })
    const text = await e3(['check', 'unbuilt'])
    expect(text.stdout.match(/^.*(?:"envPaths"|TOP is|there is no d|the same at).*$/gm)).toEqual([
      'unbuilt/iocBoot/iocA/st.cmd:1:1: error[FILE_NOT_FOUND]: there is no script "envPaths"',
      '  note: the same at 2 more places: unbuilt/iocBoot/iocB/st.cmd:1, unbuilt/iocBoot/iocC/st.cmd:1',
      'unbuilt/iocBoot/iocA/st.cmd:2:5: warning[MACRO_UNDEFINED]: macro TOP is undefined: the IOC would skip this line',
      '  note: the same at 2 more places: unbuilt/iocBoot/iocB/st.cmd:2, unbuilt/iocBoot/iocC/st.cmd:2',
      'unbuilt/iocBoot/iocA/st.cmd:3:16: error[FILE_NOT_FOUND]: there is no dbd or database "../../dbd/x.dbd"',
      '  note: the same at 2 more places: unbuilt/iocBoot/iocB/st.cmd:3, unbuilt/iocBoot/iocC/st.cmd:3',
      // Each IOC has its own.
      ...names.map(
        (name) =>
          `unbuilt/iocBoot/ioc${name}/st.cmd:4:15: error[FILE_NOT_FOUND]: there is no database "own.db"`,
      ),
    ])
    expect(text.stderr).toContain('9 errors, 3 warnings in 3 IOCs')
    const counts = await Promise.all(
      ['json', 'github', 'junit', 'sarif'].map(async (format) => {
        const { stdout, status } = await e3(['check', '--format', format, 'unbuilt'])
        expect([status, stdout.includes('the same at')]).toEqual([1, false])
        const each = { junit: /error\[|warning\[/g, sarif: /"ruleIndex"/g }[format] ?? /^./gm
        return stdout.match(each)?.length
      }),
    )
    expect(counts).toEqual([12, 12, 12, 12])
  })

  test('a folder that cannot be read', async () => {
    workspace.write({ 'closed/in/st.cmd': 'iocInit\n', 'closed/st.cmd': 'iocInit\n' })
    const folder = join(workspace.directory, 'closed/in')
    chmodSync(folder, 0)
    const [program = '', ...args] = [...asAnyUser, join(repository, 'bin/e3'), 'check', '--no-lint']
    const run = (word: string) =>
      spawnSync(program, [...args, word], {
        cwd: workspace.directory,
        env: { ...process.env, ...environment, EPICS_BASE: base },
        encoding: 'utf8',
      })
    const around = run('closed')
    expect(around.stdout).toContain(
      'warning[FILE_UNREADABLE]: the folder "closed/in" cannot be read: permission denied',
    )
    expect([around.status, around.stderr]).toEqual([0, expect.stringContaining('in 1 IOC')])
    const pattern = run('closed/{,*/}st.cmd')
    expect([pattern.status, pattern.stderr]).toEqual([0, expect.stringContaining('in 1 IOC')])
    expect(pattern.stdout).toContain('the folder "closed/in" cannot be read: permission denied')
    workspace.write({ 'closed/st.cmd': 'dbLoadRecords closed/in/a.db\n' })
    expect(run('closed/st.cmd').stdout).toMatch(
      /:1:15: error\[FILE_UNREADABLE\]: .*closed\/in\/a\.db cannot be read: permission denied/,
    )
    const named = run('closed/in')
    expect(named.stdout).toContain('error[FILE_UNREADABLE]: the folder "closed/in" cannot be read')
    expect([named.status, named.stdout]).toEqual([1, expect.not.stringContaining('NOTHING_FOUND')])
    chmodSync(folder, 0o755)
  })

  test('files in a folder that no startup script can name', async () => {
    workspace.write({ 'named/good.db': good, 'named/two\nlines.db': good })
    writeFileSync(Buffer.from(join(workspace.directory, 'named/x\xff.db'), 'latin1'), good)
    const ended = await e3(['check', '--no-lint', 'named'])
    expect(found(ended).map((line) => line.replace(/^<command line>:1:\d+: /, ''))).toEqual([
      'warning[FILE_UNREADABLE]: the file "named/two\\nlines.db" is not looked at: it has a line end in its name',
      'warning[FILE_UNREADABLE]: the file "named/x\ufffd.db" is not looked at: it has a name that is no UTF-8',
    ])
    expect([ended.status, ended.stderr]).toEqual([0, expect.stringContaining('in 1 file')])
  })

  test('links to records of elsewhere: of an IOC, not of a database whose IOC is not known', async () => {
    workspace.write({
      'far/far.db': 'record(ai, "F") {\n  field(INP, "GAS:P CP")\n}\n',
      'far/st.cmd': 'dbLoadRecords far.db\n',
    })
    expect(found(await e3(['check', 'far/far.db']))).toEqual([])
    expect(found(await e3(['check', '--cd', 'far/st.cmd'])).join()).toContain('LINK_ELSEWHERE')
  })

  test.each([
    ['text', ': error[LINK_DEVICE]: and 500 more of this kind in many.db, from here on'],
    ['json', '"more":500'],
    ['sarif', '"occurrenceCount":500'],
    ['junit', '(and 1499 more)'],
  ])('very many mistakes of one kind: the rest is counted (%s)', async (format, rest) => {
    const records = Array.from({ length: 1500 }, (_, n) => `record(ai,"R${n}"){field(INP,"@x")}\n`)
    writeFileSync(join(workspace.directory, 'many.db'), records.join(''))
    const ended = await e3(['check', '--format', format, 'many.db'])
    expect(ended.status).toBe(1)
    expect(ended.stderr).toMatch(/^1,500 errors in 1 file, 1,500 records/)
    expect(ended.stdout.match(/LINK_DEVICE/g)?.length).toBeLessThan(1010)
    expect(ended.stdout).toContain(rest)
  })

  test('a script is read as iocsh starts it: from here', async () => {
    const ended = await e3(['check', 'good/st.cmd'])
    expect(found(ended)[0]).toContain('good/st.cmd:2:15: error[FILE_NOT_FOUND]')
  })

  test('folders: scripts in their own folders, parts of others only once, IOCs compared', async () => {
    const ended = await e3(['check', '--no-lint', 'good', 'twin', 'parts'])
    expect(ended.stderr).toContain('in 3 IOCs')
    expect(found(ended).map((line) => line.replace(/:.*\[/, ' ['))).toEqual([
      expect.stringContaining('[RECORD_IN_TWO_IOCS]'),
    ])
  })

  test('modules of a tree and their databases', async () => {
    const modules = ['-l', join(workspace.directory, 'modules')]
    expect(await e3(['check', '--no-lint', ...modules, 'modules.cmd'])).toMatchObject({
      ...{ status: 0, stdout: '' },
    })
    const late = await e3(['check', '--no-lint', ...modules, 'late.cmd'])
    expect(found(late)[0]).toContain('late.cmd:1:15: error[FILE_NOT_FOUND]')
    const required = await e3(['check', '--no-lint', ...modules, '-r', 'alpha,1.0.0', 'late.cmd'])
    expect(required.status).toBe(0)
  })

  test('a template alone: what depends on its macros is not judged', async () => {
    const ended = await e3(['check', 'template/motor.template'])
    expect(found(ended)).toEqual([
      'info[TEMPLATE_MACROS]: template/motor.template is loaded with the macros P, SCAN: lines with them are not checked',
    ])
    expect(ended.status).toBe(0)
    const given = await e3(['check', 'template/motor.template', 'P=X', 'SCAN=1 secnd'])
    expect(found(given)).toEqual([expect.stringContaining('error[VALUE_CHOICE]')])
  })

  test('databases that are looked at alone are not compared with each other', async () => {
    const ended = await e3(['check', '--no-lint', 'good/good.db', 'parts/good.db', 'P=X:'])
    expect(ended).toMatchObject({ status: 0, stdout: '' })
    expect(ended.stderr).toContain('nothing wrong in 2 files, 2 records')
  })

  test('settings of the folder: its IOCs with their macros, rules and severities', async () => {
    const ended = await e3(['check', 'site'])
    expect(found(ended)).toEqual([
      expect.stringMatching(/^site\/a\/a.db:1:1: error\[SITE_FIELD\]: .*LAB:Temp/),
    ])
    expect(ended.stderr).toContain('1 error in 1 IOC, 2 files, 1 record')
  })

  test.each([
    [['--cd', 'site/a/a.db', 'P=LAB:']],
    [['--cd', 'site/a/*.db', 'P=LAB:']],
    [['--cd', '--ioc', 'X=site/a/run.cmd', 'P=LAB:']],
    [['good/good.db', 'P=X:', 'site/a/a.db', 'P=LAB:']],
  ])('settings of a file, however it is named: %j', async (args) => {
    expect(found(await e3(['check', ...args])).join('\n')).toMatch(
      /a\/a\.db:1:1: error\[SITE_FIELD\]/,
    )
  })

  test('settings of standard input are those of its name; others do not go unnoticed', async () => {
    const piped = spawnSync(
      join(repository, 'bin/e3'),
      ['check', '-', 'P=A:', '--stdin-name', 'site/n.db'],
      {
        cwd: workspace.directory,
        env: { ...process.env, ...environment, EPICS_BASE: base },
        input: good,
        encoding: 'utf8',
      },
    )
    expect(piped.stdout).toContain('error[SITE_FIELD]')
    workspace.write({ 'second/e3.yaml': 'ignore: x\n', 'second/a.db': good })
    const both = found(await e3(['check', 'site/a/a.db', 'second', 'P=LAB:']))
    expect(both.join('\n')).toContain(
      'warning[SETTINGS_OTHER]: second/e3.yaml does not count for second/a.db: the settings are those of site/e3.yaml',
    )
  })

  test('macros in front of all files are those of named IOCs, too', async () => {
    const lone = await e3(['check', '--cd', '--ioc', 'X=site/a/run.cmd', 'P=LAB:'])
    expect(found(lone).join()).not.toContain('MACRO_UNDEFINED')
    const beside = await e3(['check', '--cd', 'good/st.cmd', 'P=LAB:', '--ioc', 'X=site/a/run.cmd'])
    expect(found(beside).join()).toContain('macro P is undefined')
  })

  test('without a base everything else is checked, and that is said once', async () => {
    const nowhere = { EPICS_BASE: '', CONDA_PREFIX: '', XDG_DATA_HOME: workspace.path('nowhere') }
    const ended = await e3(['check', '--cd', 'bad/st.cmd', 'good/st.cmd'], nowhere)
    expect(found(ended).filter((line) => line.includes('CHECK_WITHOUT_BASE'))).toHaveLength(1)
    expect(found(ended).some((line) => line.includes('MACRO_UNDEFINED'))).toBe(true)
    expect(found(ended).some((line) => line.includes('FIELD_UNKNOWN'))).toBe(false)
  })

  test.each<[string, string[], number, string]>([
    ['a base that is none', ['--base', '/nowhere', 'good/st.cmd'], 3, 'BASE_UNUSABLE'],
    ['a folder without IOCs', ['empty'], 1, 'NOTHING_FOUND'],
    ['a missing file', ['nofile.cmd'], 1, 'FILE_NOT_FOUND'],
    ['an unknown option', ['--nonsense'], 2, 'unknown option'],
    ['macros without a file', ['P=1'], 2, 'OPTION_VALUE'],
    ['--write alone', ['--write', 'good/st.cmd'], 2, 'OPTION_VALUE'],
    ['--explain of nothing', ['--explain', 'NOSUCH_CODE'], 2, 'OPTION_VALUE'],
    ['an IOC without a file', ['--ioc', 'LAB'], 2, 'NAME=FILE'],
  ])('%s', async (_title, args, status, says) => {
    const ended = await e3(['check', ...args])
    expect(ended.stdout + ended.stderr).toContain(says)
    expect(ended.status).toBe(status)
  })

  test('formats for programs are on stdout alone', async () => {
    const json = await e3(['check', '--cd', '--quiet', '--format', 'json', 'bad/st.cmd'])
    const codes = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).code)
    expect(codes).toContain('FIELD_UNKNOWN')
    expect(json.stderr).toBe('')
    const github = await e3(['check', '--cd', '--format', 'github', 'bad/st.cmd'])
    expect(github.stdout).toMatch(/^::error file=bad\/st.cmd,line=2,col=15,title=FILE_NOT_FOUND::/)
    const junit = await e3(['check', '--cd', '--format', 'junit', 'bad/st.cmd'])
    expect(junit.stdout).toContain('<testsuites name="e3 check"')
    const sarif = await e3(['check', '--cd', '--format', 'sarif', 'bad/st.cmd'])
    expect(JSON.parse(sarif.stdout).version).toBe('2.1.0')
  })

  test.each([
    [['--explain', 'FIX_FAILED', '--format', 'json'], '--explain shows text only'],
    [['--write', '--format', 'json', 'good/st.cmd'], '--write needs --fix'],
  ])('wrong usage in the format that was asked for: %j', async (args, message) => {
    const { stdout, stderr, status } = await e3(['check', ...args])
    expect(JSON.parse(stdout)).toMatchObject({ code: 'OPTION_VALUE', message })
    expect([stderr, status]).toEqual(['', 2])
  })

  test('--explain prints the page of a code', async () => {
    const ended = await e3(['check', '--explain', 'FIX_FAILED'])
    expect(ended.stdout).toContain('could not write a file')
    expect(ended.status).toBe(0)
  })
})

describe.skipIf(!base)('e3 check --fix', () => {
  const before = 'record(ai, "X") {\r\n  field(DSCE, "x")\r\n  field(HIHY, 1)\r\n}'
  const after = 'record(ai, "X") {\n  field(DSCE, "x")\n  field(HIHI, 1)\n}\n'

  test('shows a diff that patch understands, and changes nothing', async () => {
    writeFileSync(workspace.path('fix.db'), before)
    const { stdout, stderr, status } = await e3(['check', '--fix', 'fix.db'])
    expect(stdout).toMatch(/^--- fix\.db\n\+\+\+ fix\.db\n@@ -1,4 \+1,4 @@\n/)
    expect(stderr).toContain('in 1 file; to change them: e3 check --fix --write')
    expect(status).toBe(1)
    expect(readFileSync(workspace.path('fix.db'), 'utf8')).toBe(before)
  })

  test('--quiet leaves out the summary', async () => {
    writeFileSync(workspace.path('fix.db'), before)
    const { stdout, stderr } = await e3(['check', '--fix', '--quiet', 'fix.db'])
    expect([stdout.slice(0, 10), stderr]).toEqual(['--- fix.db', ''])
  })

  test('a file in a folder in which nothing can be made', () => {
    workspace.write({ 'fixed/fix.db': before })
    chmodSync(workspace.path('fixed'), 0o555)
    const [program = '', ...args] = [...asAnyUser, join(repository, 'bin/e3'), 'check', '--fix']
    const { stderr, status } = spawnSync(program, [...args, '--write', 'fixed/fix.db'], {
      cwd: workspace.directory,
      env: { ...process.env, ...environment, EPICS_BASE: base },
      encoding: 'utf8',
    })
    chmodSync(workspace.path('fixed'), 0o755)
    expect(stderr).toContain(
      'error[FIX_FAILED]: fixed/fix.db is not changed: no file can be made in its folder: permission denied',
    )
    expect(stderr).toContain('help: make its folder writable, then run it again: fixed')
    expect(status).toBe(3)
  })

  test('--write changes the file, keeps its mode, and reports what is left', async () => {
    const path = workspace.path('fix.db')
    writeFileSync(path, before)
    chmodSync(path, 0o640)
    const ended = await e3(['check', '--fix', '--write', 'fix.db'])
    expect(ended.stderr).toMatch(/^changed: \d fixes in 1 file\n/)
    const text = readFileSync(path, 'utf8')
    expect(text).toBe(text.includes('DESC') ? after.replace('DSCE', 'DESC') : after)
    expect(statSync(path).mode & 0o777).toBe(0o640)
    const again = await e3(['check', '--fix', '--write', 'fix.db'])
    expect(again.stderr).toContain('changed: 0 fixes in 0 files')
  })
})
