import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBase } from '../support/machine.ts'
import { runE3, startE3 } from '../support/run-e3.ts'

const records = `
record(ai, "T:Temperature") { field(VAL, "1.2345678") field(PREC, "2") field(PINI, "YES") }
record(bo, "T:Mode") { field(ZNAM, "Manual") field(ONAM, "Auto") field(VAL, "1") field(PINI, "YES") }
record(stringin, "T:Name") { field(VAL, "two words") field(PINI, "YES") }
record(waveform, "T:Text") { field(FTVL, "CHAR") field(NELM, "200") field(INP, {const:"a long text"}) }
record(waveform, "T:Curve") { field(FTVL, "DOUBLE") field(NELM, "4") field(INP, {const:[2.5, 3]}) }
record(int64in, "T:Long") { field(VAL, "9007199254740993") field(PINI, "YES") }
record(waveform, "T:Empty") { field(FTVL, "DOUBLE") field(NELM, "4") }
record(lsi, "T:LongText") { field(SIZV, "99") field(INP, {const:"a text of more than forty characters, surely"}) }
record(longin, "T:Count") {
  field(VAL, "41") field(PINI, "YES")
  info(Q:group, {"T:Group": {"count": {+channel: "VAL"}}})
}
`

const scripts = {
  good: 'dbLoadRecords T.db\niocInit\n',
  'no-init': 'dbLoadRecords T.db\n',
  wrong: 'dbLoadRecords T.db\nregisterAllRecordDeviceDrivers base\niocInit\n',
  missing: 'dbLoadRecords T.db\nrequire nosuch\n',
  crash: 'dbLoadRecords T.db\nsystem "kill -SEGV $PPID"\nepicsThreadSleep 30\n',
  later: 'dbLoadRecords T.db\niocInit\nsystem "(sleep 0.5; kill -KILL $PPID) &"\n',
  hangs: 'system "echo $PPID > ioc.pid"\necho before the sleep\nepicsThreadSleep 100\n',
  'goes-on': 'dbLoadRecords T.db\niocInit\nsystem "setsid sleep 60 &"\n',
  echoes: 'dbLoadRecords T.db\niocInit\nsystem "cat"\n',
  macro: 'dbLoadRecords $(DB)\n',
  stays: 'dbLoadRecords T.db\niocInit\nsystem "echo $PPID > ioc.pid"\n',
}

let folder = ''
const smoke = (...args: string[]) => runE3(['smoke', ...args], { cwd: folder })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'e3-smoke-'))
  writeFileSync(join(folder, 'T.db'), records)
  for (const [name, text] of Object.entries(scripts))
    writeFileSync(join(folder, `${name}.cmd`), text)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!testBase())('e3 smoke', () => {
  test('an IOC that runs and has its PVs passes', async () => {
    const values = ['T:Temperature=1.2345678', 'T:Temperature=1.23', 'T:Mode=Auto', 'T:Mode=1']
    const others = [
      'T:Name=two words',
      'T:Text=a long text',
      'T:Curve=2.5',
      'T:Count',
      'T:Name.RTYP=stringin',
    ]
    const pvs = [...values, ...others].flatMap((pv) => ['--pv', pv])
    const { stdout, stderr, status } = await smoke('good.cmd', ...pvs)
    expect(stderr).toBe('starting good.cmd\n')
    expect(stdout).toMatch(/^ok {3}good\.cmd: runs after \d\.\d s, 9 PVs\n$/)
    expect(status).toBe(0)
  })

  test('a PV that is missing and a value that is wrong', async () => {
    const { stdout, stderr, status } = await smoke(
      'good.cmd',
      '--pv',
      'T:None',
      '--pv',
      'T:Count=42',
    )
    expect(stderr).toContain('error[SMOKE_PV_MISSING]: the IOC of good.cmd has no PV T:None\n')
    expect(stderr).toContain(
      'error[SMOKE_PV_VALUE]: PV T:Count of the IOC of good.cmd is "41" and not "42"\n',
    )
    expect(stdout).toContain('failed: PV T:None, PV T:Count=42\n')
    expect(status).toBe(1)
  })

  test('what only looks like the value is not', async () => {
    const wrong = ['T:Long=9007199254740992', 'T:Empty=0', 'T:LongText=a text of more than forty c']
    const right = ['T:Long=9007199254740993', 'T:Empty=']
    const whole = 'T:LongText.VAL$=a text of more than forty characters, surely'
    const pvs = [...wrong, ...right, whole].flatMap((pv) => ['--pv', pv])
    const { stdout, stderr } = await smoke('good.cmd', '--settle', '0', ...pvs)
    expect(stderr).toContain('PV T:Empty of the IOC of good.cmd is an empty array and not "0"')
    expect(stdout).toMatch(new RegExp(`; failed: ${wrong.map((pv) => `PV ${pv}`).join(', ')}\n$`))
  })

  test('macros of a script stand behind it', async () => {
    const { stdout, status } = await smoke('macro.cmd', 'DB=T.db', '--pv', 'T:Count=41')
    expect(stdout).toMatch(/^ok {3}macro\.cmd DB=T\.db: /)
    expect(status).toBe(0)
  })

  test('a program that the IOC leaves behind is not waited for', async () => {
    const begun = performance.now()
    const { stdout } = await smoke('goes-on.cmd', '--settle', '0')
    expect(stdout).toMatch(/^ok {3}goes-on\.cmd: /)
    expect(performance.now() - begun).toBeLessThan(20_000)
  })

  test('a program in the script that prints what it reads is no shell', async () => {
    const { stderr } = await smoke('echoes.cmd', '--timeout', '3')
    expect(stderr).toContain('error[SMOKE_TIMEOUT]: the IOC of echoes.cmd does not run after 3 s')
  })

  test('a group of records is found over PV Access; it has no single value', async () => {
    const { stderr, stdout } = await smoke('good.cmd', '--pv', 'T:Group', '--pv', 'T:Group=41')
    expect(stderr).toContain(
      '[SMOKE_PV_UNREADABLE]: PV T:Group of the IOC of good.cmd has no single',
    )
    expect(stdout).toMatch(/; failed: PV T:Group=41\n$/)
  })

  test('a line with ERROR fails, unless it is allowed', async () => {
    const bad = await smoke('wrong.cmd', '--settle', '0')
    expect(bad.stderr).toMatch(
      /error\[SMOKE_ERROR_LINE\]: the IOC reports: ERROR wrong\.cmd line 2: /,
    )
    expect(bad.status).toBe(1)
    const allowed = await smoke('wrong.cmd', '--settle', '0', '--allow', 'pdbbase. got .base')
    expect(allowed).toMatchObject({ status: 0, stderr: 'starting wrong.cmd\n' })
  })

  test('an IOC that ends before it runs, and one that ends later', async () => {
    const crash = await smoke('crash.cmd')
    expect(crash.stderr).toContain(
      'error[SMOKE_ENDED]: the IOC of crash.cmd ended by SIGSEGV before it ran',
    )
    expect(crash.status).toBe(1)
    const later = await smoke('later.cmd', '--settle', '10', '--pv', 'T:Count')
    expect(later.stderr).toContain(
      'error[SMOKE_ENDED]: the IOC of later.cmd ended by SIGKILL while it should run',
    )
    expect(later.status).toBe(1)
  })

  test('mistakes that iocsh reports are shown with their places', async () => {
    const { stdout, stderr, status } = await smoke('missing.cmd')
    expect(stderr).toContain(
      'missing.cmd:2:9: error[MODULE_NOT_FOUND]: module nosuch is not installed\n  2 | require nosuch\n',
    )
    expect(stdout).toBe('FAIL missing.cmd: ended before it ran; failed: starts; 1 not checked\n')
    expect(status).toBe(1)
    const github = await smoke('missing.cmd', '--format', 'github')
    expect(github.stderr).toMatch(
      /^::error file=missing\.cmd,line=2,col=9,title=MODULE_NOT_FOUND::/,
    )
  })

  test('an IOC that does not get through its script is ended after the timeout', async () => {
    const { stderr, status } = await smoke('hangs.cmd', '--timeout', '1.5')
    expect(stderr).toContain('error[SMOKE_TIMEOUT]: the IOC of hangs.cmd does not run after 1.5 s')
    expect(status).toBe(1)
    expect(isAlive(iocPid())).toBe(false)
  })

  test('iocInit that is missing, and an IOC without a shell', async () => {
    const without = await smoke('--', '-i', 'no-init.cmd')
    expect(without.stderr).toContain('error[SMOKE_NOT_INITIALISED]: the IOC of no-init.cmd runs')
    expect(without.status).toBe(1)
    const silent = await smoke('no-init.cmd', '--pv', 'T:Count=41', '--', '-S')
    expect(silent.stdout).toMatch(/^ok {3}no-init\.cmd/)
    expect(silent.status).toBe(0)
  })

  test('several scripts at once give one report', async () => {
    const files = ['--junit', 'report.xml', '--log', 'console.log']
    const names = ['good.cmd', 'wrong.cmd', 'missing.cmd', 'no-init.cmd']
    const { stdout, status } = await smoke(...names, '--jobs', '2', ...files, '--pv', 'T:Count=41')
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^ok {3}good\.cmd: /),
      expect.stringMatching(/^FAIL wrong\.cmd: .*; failed: no ERROR line$/),
      expect.stringMatching(/^FAIL missing\.cmd: .*; failed: starts; 2 not checked$/),
      expect.stringMatching(/^ok {3}no-init\.cmd: /),
      '4 IOCs: 2 passed, 2 failed',
    ])
    expect(status).toBe(1)
    expect(elementsOf(join(folder, 'report.xml'))).toEqual({
      testsuites: 1,
      testsuite: 4,
      testcase: 16,
      failure: 2,
      skipped: 2,
      'system-out': 4,
    })
    const log = readFileSync(join(folder, 'console.log'), 'utf8')
    expect(log.match(/^==== .*/gm)).toEqual(names.map((name) => `==== ${name}`))
    expect(log.match(/^iocRun: All initialization complete$/gm)).toHaveLength(3)
  })

  test('JSON has an object an IOC', async () => {
    const { stdout, status } = await smoke('--format', 'json', '--settle', '0', '--', 'T.db')
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ ioc: 'iocsh T.db', arguments: ['T.db'], passed: true, readiness: 'running' },
      end: { exitCode: 0 },
    })
    expect(status).toBe(0)
  })

  test('a file that cannot be written is the fault of the environment', async () => {
    const { stderr, status } = await smoke('good.cmd', '--settle', '0', '--log', 'no/such/x.log')
    expect(stderr).toMatch(/error\[SMOKE_REPORT_UNWRITABLE\]: cannot write .*no\/such\/x\.log/)
    expect(status).toBe(3)
  })

  test.each([
    [[], 'e3 smoke needs a startup script'],
    [['--pv', '=1', 'good.cmd'], 'it must be NAME or NAME=VALUE'],
    [['--allow', '(', 'good.cmd'], 'Unterminated group'],
    [['--timeout', 'soon', 'good.cmd'], 'it must be a number of seconds'],
    [['--timeout', '0', 'good.cmd'], 'it must be more than 0 seconds'],
    [['--allow', '', 'good.cmd'], 'it would match every line'],
    [['--junit', 'x', '--log', './x', 'good.cmd'], '--junit and --log name the same file, x'],
    [['P=X'], 'e3 smoke needs a startup script'],
    [['--jobs', '0', 'good.cmd'], 'it must be a whole number from 1'],
    [['--pvs', 'good.cmd'], 'Did you mean --pv?'],
  ])('wrong usage: e3 smoke %j', async (args, message) => {
    const { stderr, status } = await smoke(...args)
    expect(stderr).toContain(message)
    expect(status).toBe(2)
  })

  test('no base: the environment is not usable', async () => {
    const { stderr, status } = await runE3(['smoke', 'good.cmd'], {
      cwd: folder,
      env: { EPICS_BASE: join(folder, 'none') },
    })
    expect(stderr).toContain('error[BASE_')
    expect(status).toBe(3)
  })

  test.each([
    ['^C', 'stays.cmd', 'SIGINT'],
    ['SIGTERM', 'stays.cmd', 'SIGTERM'],
    ['SIGKILL', 'stays.cmd', 'SIGKILL'],
    ['^C while a script hangs', 'hangs.cmd', 'SIGINT'],
    ['SIGKILL while a script hangs', 'hangs.cmd', 'SIGKILL'],
  ] as const)('%s leaves no IOC behind', async (_title, script, signal) => {
    rmSync(join(folder, 'ioc.pid'), { force: true })
    const e3 = startE3(['smoke', script, '--settle', '60'], { cwd: folder })
    await until(() => existsSync(join(folder, 'ioc.pid')) && iocPid() > 0)
    expect(isAlive(iocPid())).toBe(true)
    e3.process.kill(signal)
    expect(await e3.ended).toMatchObject({ signal })
    await until(() => !isAlive(iocPid()))
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'what %s has ended is a failure in the report files',
    async (signal) => {
      rmSync(join(folder, 'ioc.pid'), { force: true })
      const files = ['--junit', 'ended.xml', '--log', 'ended.log']
      const words = ['smoke', 'good.cmd', 'hangs.cmd', 'no-init.cmd', '--settle', '0', ...files]
      const e3 = startE3(words, { cwd: folder })
      await until(() => existsSync(join(folder, 'ioc.pid')) && iocPid() > 0)
      e3.process.kill(signal)
      expect(await e3.ended).toMatchObject({ signal })
      expect(isAlive(iocPid())).toBe(false)
      const [xml, log] = ['ended.xml', 'ended.log'].map((name) => {
        const text = readFileSync(join(folder, name), 'utf8')
        rmSync(join(folder, name))
        return text
      })
      expect(xml).toContain('<testsuites name="e3 smoke" tests="5" failures="2" ')
      for (const name of ['hangs.cmd', 'no-init.cmd']) {
        const message = `${name} is not tested: the test was ended by ${signal}`
        expect(xml).toContain(`<failure type="SMOKE_INTERRUPTED" message="${message}">`)
        expect(log).toContain(`==== ${name}\nerror[SMOKE_INTERRUPTED]: ${message}\n`)
      }
    },
  )
})

function iocPid(): number {
  return Number(readFileSync(join(folder, 'ioc.pid'), 'utf8'))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 400) throw new Error('waited in vain')
    await delay(25)
  }
}

/** How many elements of each name an XML file has; fails if it is not well-formed. */
function elementsOf(file: string): Record<string, number> {
  const program = `
import collections, json, sys, xml.etree.ElementTree as tree
print(json.dumps(collections.Counter(one.tag for one in tree.parse(sys.argv[1]).iter())))`
  return JSON.parse(execFileSync('python3', ['-c', program, file], { encoding: 'utf8' }))
}
