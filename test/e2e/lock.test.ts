import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { consoleLines, launch, newWorkspace, plain } from '../support/launch.ts'
import { buildLaunchModules } from '../support/launch-modules.ts'
import { testBase } from '../support/machine.ts'
import { runE3 } from '../support/run-e3.ts'

const base = testBase()
const source = newWorkspace()
if (base) await buildLaunchModules(source, base)
let workspace = newWorkspace()
afterAll(() => [source, workspace].map((one) => one.remove()))

const script = 'require alpha,1.0.0\nrequire gamma\nalphaHello\nbetaHello\n'

/** Each test may spoil its modules. */
beforeEach(() => {
  workspace.remove()
  workspace = newWorkspace({
    'st.cmd': script,
    'macro.cmd': 'require $(MODULE)\n$(MODULE)Hello\n',
    'e3.yaml': 'module-path: modules\niocs:\n  - name: LAB:A\n    script: st.cmd\n',
  })
  if (base) cpSync(source.path('modules'), workspace.path('modules'), { recursive: true })
})

const environment = { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '', NO_COLOR: '1' }

const e3 = (...args: string[]) =>
  runE3(args, { cwd: workspace.directory, env: { ...environment, EPICS_BASE: base } })

const start = (...args: string[]) =>
  launch(workspace, ['-i', '-l', 'modules', ...args, '-c', 'exit'], { env: { NO_COLOR: '1' } })

const lockText = (name = 'st.cmd.lock') => readFileSync(workspace.path(name), 'utf8')

describe.skipIf(!base)('e3 lock', () => {
  test('what is locked is loaded, also when there is something newer', async () => {
    renameSync(workspace.path('modules/alpha/1.0.0+1'), workspace.path('later'))
    expect(await e3('lock', 'st.cmd')).toMatchObject({
      ...{ stdout: 'st.cmd.lock: 3 modules locked\n', stderr: '', status: 0 },
    })
    renameSync(workspace.path('later'), workspace.path('modules/alpha/1.0.0+1'))
    const ended = await start('st.cmd')
    expect(consoleLines(ended)).toEqual(expect.arrayContaining(['alpha 1.0.0+0', 'beta 1.0.0+0']))
    expect(ended).toMatchObject({ status: 0, stderr: '' })
    expect((await start('--dry-run', 'st.cmd')).stdout).toContain('"lock": "st.cmd.lock"')
    const free = await start('--no-lock', 'st.cmd')
    expect(consoleLines(free)).toContain('alpha 1.0.0+1')
    expect(plain(free.stderr)).toBe('info[LOCK_IGNORED]: st.cmd.lock is not used, as asked\n')
    const why = (await e3('why', 'alpha', 'st.cmd')).stdout.replaceAll(/:\d+:\d+$/gm, '')
    expect(why.split('\n')).toEqual([
      `alpha 1.0.0+0 in ${workspace.path('modules/alpha/1.0.0+0')}`,
      '  alpha 1.0.0 is asked for here: st.cmd',
      '  alpha 1.0.0+0 is locked here: st.cmd.lock',
      '2.0.0+0 is not taken: alpha 1.0.0 is asked for here: st.cmd',
      '1.0.0+1 is not taken: alpha 1.0.0+0 is locked here: st.cmd.lock',
      '',
    ])
  })

  test('the same tree gives the same file, byte for byte, without paths of this machine', async () => {
    await e3('lock', 'st.cmd')
    const first = lockText()
    rmSync(workspace.path('st.cmd.lock'))
    await e3('lock')
    expect(lockText()).toBe(first)
    expect(first).toContain('"root": "modules"')
    expect(first).not.toContain(workspace.directory)
    expect((await e3('lock')).stdout).toBe('st.cmd.lock is up to date\n')
  })

  test.each<[string, (path: (name: string) => string) => void, string, string]>([
    [
      'the library is another one',
      (path) => appendFileSync(path('modules/beta/1.0.0+0/lib/linux-x86_64/libbeta.so'), 'x'),
      'LOCK_FILES',
      'e3 lock --update beta st.cmd',
    ],
    [
      'a version is gone',
      (path) => rmSync(path('modules/alpha/1.0.0+1'), { recursive: true }),
      'REQUIRE_NOT_FOUND',
      'e3 lock --update alpha st.cmd',
    ],
    [
      'the script asks for another version',
      (path) => writeFileSync(path('st.cmd'), script.replace('1.0.0', '2.0.0')),
      'VERSION_CONFLICT',
      'e3 lock --update alpha st.cmd',
    ],
    [
      'the script asks for more',
      (path) => writeFileSync(path('st.cmd'), `require proto\n${script}`),
      'LOCK_MODULE',
      'e3 lock st.cmd',
    ],
    [
      'the base is another one',
      (path) =>
        writeFileSync(
          path('st.cmd.lock'),
          readFileSync(path('st.cmd.lock'), 'utf8').replace(
            /"version": "7[^"]*"/,
            '"version": "3.15.9"',
          ),
        ),
      'LOCK_BASE',
      'e3 lock st.cmd',
    ],
    [
      'a merge is not finished',
      (path) => writeFileSync(path('st.cmd.lock'), '<<<<<<< HEAD\n'),
      'LOCK_INVALID',
      'e3 lock',
    ],
  ])('nothing is started if %s', async (_what, change, code, remedy) => {
    await e3('lock', 'st.cmd')
    change(workspace.path)
    const ended = await start('st.cmd')
    const stderr = plain(ended.stderr)
    expect({ status: ended.status, stdout: ended.stdout }, stderr).toEqual({
      status: 1,
      stdout: '',
    })
    expect(stderr).toContain(`error[${code}]`)
    expect(stderr).toContain(remedy)
    // The other commands are told the same: one of them here, another one there.
    const other = code === 'LOCK_FILES' ? ['check', 'st.cmd'] : ['lock', '--check']
    const checked = await e3(...other)
    expect(checked.status).toBe(1)
    expect(checked.stdout + checked.stderr).toContain(`error[${code}]`)
  })

  test('what was found is no longer so: a plan that is remembered does not hide it', async () => {
    const started = async (...more: string[]) => plain((await start('st.cmd', ...more)).stderr)
    await e3('lock', 'st.cmd')
    // What has just changed is not remembered.
    await new Promise((done) => setTimeout(done, 2_100))
    for (const more of [[], ['-c', 'date']]) {
      expect([await started(...more), await started(...more)]).toEqual(['', ''])
    }
    expect(readdirSync(`${workspace.runtime}/iocsh-${process.getuid?.()}/plans`)).toHaveLength(2)
    appendFileSync(workspace.path('modules/beta/1.0.0+0/lib/linux-x86_64/libbeta.so'), 'x')
    expect(await started()).toContain('error[LOCK_FILES]: beta 1.0.0+0')
    const changed = lockText().replace('"1.0.0+1"', '"1.0.0+0"')
    writeFileSync(workspace.path('st.cmd.lock'), changed)
    expect(await started('-c', 'date')).toContain('error[LOCK_FILES]: alpha 1.0.0+0')
    rmSync(workspace.path('st.cmd.lock'))
    expect([await started(), await started()]).toEqual(['', ''])
    writeFileSync(workspace.path('st.cmd.lock'), changed)
    expect(await started()).toContain('error[LOCK_FILES]: alpha 1.0.0+0')
  })

  test('--update takes what is right today, for one module or for all', async () => {
    writeFileSync(workspace.path('st.cmd'), 'require alpha\nrequire beta\nbetaHello\n')
    for (const newer of ['alpha/2.0.0+0', 'beta/1.1.0+0']) {
      renameSync(workspace.path(`modules/${newer}`), workspace.path(newer.replace('/', '-')))
    }
    await e3('lock', 'st.cmd')
    for (const newer of ['alpha/2.0.0+0', 'beta/1.1.0+0']) {
      renameSync(workspace.path(newer.replace('/', '-')), workspace.path(`modules/${newer}`))
    }
    const checked = await e3('lock', '--check', 'st.cmd')
    expect(checked).toMatchObject({ status: 0, stdout: 'st.cmd.lock: all is as it was locked\n' })
    expect(checked.stderr).toContain('info[LOCK_NEWER]: beta 1.1.0+0 would be loaded')
    expect((await e3('lock', 'st.cmd')).stdout).toBe('st.cmd.lock is up to date\n')
    // A new one elsewhere starts from that beside the script.
    expect((await e3('lock', '--update', 'beta', 'st.cmd', '-o', 'new.lock')).stdout).toBe(
      'new.lock: 2 modules locked\n  beta 1.0.0+0 -> 1.1.0+0\n',
    )
    expect(consoleLines(await start('--lock', 'new.lock', 'st.cmd'))).toContain('beta 1.1.0+0')
    expect(consoleLines(await start('st.cmd'))).toContain('beta 1.0.0+0')
    expect((await e3('lock', 'st.cmd', '--update')).stdout).toBe(
      'st.cmd.lock: 2 modules locked\n  alpha 1.0.0+1 -> 2.0.0+0\n  beta 1.0.0+0 -> 1.1.0+0\n',
    )
  })

  test('it remembers its arguments, and tells what is no longer needed', async () => {
    expect((await e3('lock', 'macro.cmd')).status).toBe(1)
    expect(existsSync(workspace.path('macro.cmd.lock'))).toBe(false)
    await e3('lock', 'macro.cmd', 'MODULE=beta', '-r', 'alpha')
    expect(lockText('macro.cmd.lock')).toContain(
      '"arguments": [\n    "-r",\n    "alpha",\n    "MODULE=beta"',
    )
    expect((await e3('lock', 'macro.cmd')).stdout).toBe('macro.cmd.lock is up to date\n')
    const fewer = await e3('lock', '--check', 'macro.cmd', 'MODULE=beta')
    expect(fewer.stderr).toContain('warning[LOCK_UNUSED]: macro.cmd.lock holds alpha 2.0.0+0')
    expect((await e3('lock', 'macro.cmd', 'MODULE=beta')).stdout).toBe(
      'macro.cmd.lock: 1 module locked\n  alpha is no longer needed\n',
    )
  })

  test.each<[string, string[], number, string]>([
    ['no such script', ['no.cmd'], 1, 'FILE_NOT_FOUND'],
    ['a database', ['x.db'], 2, 'OPTION_VALUE'],
    ['no such IOC', ['--ioc', 'LAB:B'], 2, 'OPTION_VALUE'],
    ['--check with --update', ['--check', '--update', 'alpha', 'st.cmd'], 2, 'OPTION_VALUE'],
    ['an update of what is not locked', ['--update', 'alpha', 'st.cmd'], 2, 'OPTION_VALUE'],
    ['--check without a lock', ['--check', 'st.cmd'], 1, 'LOCK_NOT_FOUND'],
    ['a folder that is not there', ['st.cmd', '-o', 'nowhere/x.lock'], 3, 'LOCK_UNWRITABLE'],
  ])('%s', async (_what, args, status, code) => {
    const ended = await e3('lock', ...args)
    expect([ended.status, /error\[(\w+)\]/.exec(ended.stderr)?.[1]], ended.stderr).toEqual([
      ...[status, code],
    ])
    expect(existsSync(workspace.path('st.cmd.lock'))).toBe(false)
  })

  test('a named lock must be there; one that cannot be read stops the start', async () => {
    const named = await start('--lock', 'no.lock', 'st.cmd')
    expect(plain(named.stderr)).toContain('error[LOCK_NOT_FOUND]: there is no lock no.lock')
    expect(plain(named.stderr)).toContain('e3 lock -o no.lock st.cmd')
    writeFileSync(workspace.path('st.cmd.lock'), Buffer.from([0, 1, 2]))
    chmodSync(workspace.path('st.cmd.lock'), 0o000)
    const ended = await start('st.cmd')
    expect([ended.status, ended.stdout]).toEqual([1, ''])
    expect(plain(ended.stderr)).toContain(
      'error[LOCK_INVALID]: the lock st.cmd.lock cannot be read',
    )
  })

  test('e3 diff: what another lock changes, in modules and records', async () => {
    writeFileSync(
      workspace.path('st.cmd'),
      'require alpha\ndbLoadRecords alpha.template "P=X:,D=x"\n',
    )
    const template = workspace.path('modules/alpha/1.0.0+1/db/alpha.template')
    writeFileSync(template, readFileSync(template, 'utf8').replace('$(D=)', 'second'))
    for (const version of ['1.0.0+0', '1.0.0+1']) {
      const text = `require alpha,${version}\ndbLoadRecords alpha.template "P=X:,D=x"\n`
      writeFileSync(workspace.path('one.cmd'), text)
      await e3('lock', 'one.cmd', '-o', `${version}.lock`)
    }
    const locks = ['--lock', '1.0.0+0.lock', '--lock', '1.0.0+1.lock']
    expect(await e3('diff', ...locks, 'st.cmd')).toMatchObject({
      stdout: [
        '- module alpha 1.0.0+0',
        '+ module alpha 1.0.0+1',
        '  record(ai, "X:Alpha")',
        '-   field(DESC, "x")',
        '+   field(DESC, "second")',
        '',
      ].join('\n'),
      ...{ stderr: '1 module, 1 record changed\n', status: 1 },
    })
    const same = await e3('diff', '--lock', '1.0.0+0.lock', '--lock', '1.0.0+0.lock', 'st.cmd')
    expect(same).toMatchObject({ stdout: '', stderr: 'no differences\n', status: 0 })
    expect((await e3('diff', '--lock', '1.0.0+0.lock', 'st.cmd')).status).toBe(2)
  })

  test('what is locked is not uninstalled, and what is gone is told', async () => {
    writeFileSync(workspace.path('modules/e3.yaml'), "locks: '../*.lock'\n")
    await e3('lock', 'st.cmd')
    await e3('lock', 'macro.cmd', 'MODULE=beta,1.1.0')
    const refused = await e3('uninstall', '--prefix', 'modules', 'alpha', '1.0.0+1')
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(
      /MODULE_IN_USE.*\n {2}note: st\.cmd\.lock:\d+:\d+: the IOC LAB:A is locked to it\n/,
    )
    const other = await e3('uninstall', '--prefix', 'modules', 'beta', '1.1.0+0')
    expect(other.stderr).toContain('macro.cmd is locked to it')
    expect((await e3('uninstall', '--prefix', 'modules', 'alpha', '2.0.0+0')).status).toBe(0)
    const forced = await e3('uninstall', '--force', '--prefix', 'modules', 'alpha', '1.0.0+1')
    expect(forced.status).toBe(0)
    const { stderr, status } = await e3('tree', 'verify', 'alpha')
    expect(status).toBe(1)
    expect(stderr).toContain('error[REQUIRE_NOT_FOUND]: the IOC LAB:A is locked to alpha 1.0.0+1')
    expect((await e3('tree', 'verify', 'proto')).status).toBe(0)
  })
})
