import { cpSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, newWorkspace, plain, type Workspace } from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { testBase } from '../../support/machine.ts'

const base = testBase()

let workspace: Workspace
beforeAll(async () => {
  workspace = newWorkspace({
    'st.cmd': 'require alpha\n',
    'pins.cmd': 'require gamma\nrequire beta,1.1.0+0\n',
    'nested.cmd': 'iocshLoad "missing.cmd"\ndbLoadRecords "alpa.template"\nrequire nosuch\n',
    'wants.cmd': 'dbLoadRecords "proto.db"\n',
    'late.cmd': 'iocInit\nrequire alpha\n',
    'unknown.cmd': 'system "true"\nrequire $(WHO)\n',
    'quote.cmd': 'echo "open\n',
    'alpha.template': '',
    'x.so': 'text',
    'bad/broken/1.0.0/lib/linux-x86_64/broken.dep': '',
    'bad/broken/1.0.0/lib/linux-x86_64/libbroken.so': '\x7fELF',
    'bad/arm/1.0.0/lib/linux-arm/arm.dep': '',
    'bad/half/1.0.0/lib/linux-x86_64/half.dep': 'nosuch 1.0.0\n',
    'bad/ring/1.0.0/lib/linux-x86_64/ring.dep': 'ring 1.0.0\n',
  })
  if (!base) return
  const modules = await buildLaunchModules(workspace, base)
  cpSync(`${modules}/beta/1.0.0+0`, workspace.path('bad/beta/1.0.0+0'), { recursive: true })
  const dbd = 'registrar(betaRegistrar)\ndevice(nosuch, CONSTANT, devBeta, "B")\n'
  workspace.write({ 'bad/beta/1.0.0+0/dbd/beta.dbd': dbd })
})
afterAll(() => workspace.remove())

interface Mistake {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly status: number
  /** Each is in what is printed. */
  readonly says: readonly string[]
}

/** Nothing was started: nothing printed by an IOC, no run directory, exit status as documented. */
async function check({ args, env = {}, status, says }: Mistake): Promise<void> {
  const ended = await launch(workspace, args, { env })
  const stderr = plain(ended.stderr)
  for (const text of says) expect(stderr).toContain(text)
  expect({ status: ended.status, stdout: ended.stdout }, stderr).toEqual({ status, stdout: '' })
  expect(workspace.runDirectories()).toEqual([])
  expect(stderr).not.toMatch(/^\s+at .*\.(js|cjs|ts):/m)

  const json = await launch(workspace, ['--format', 'json', '--quiet', ...args], { env })
  expect(json).toMatchObject({ status, stdout: '' })
  const found = json.stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(found.length).toBeGreaterThan(0)
  expect(found.every(({ severity }) => severity === 'error')).toBe(true)
}

describe.skipIf(!base)('mistakes are told, and nothing is started', () => {
  test.each<[string, Mistake]>([
    [
      'a script that is not there',
      { args: ['st.cmdd'], status: 1, says: ['there is no script "st.cmdd"', 'mean "st.cmd"'] },
    ],
    ['an option', { args: ['--requier', 'a'], status: 2, says: ['OPTION_UNKNOWN', '"--require"'] }],
    ['an option without its value', { args: ['-r'], status: 2, says: ['-r MODULE[,VERSION]'] }],
    [
      'tools that exclude each other',
      { args: ['-dg', '-dv', 'st.cmd'], status: 2, says: ['under gdb and valgrind at once'] },
    ],
    [
      'an argument file',
      { args: ['@nosuch'], status: 2, says: ['cannot read argument file nosuch'] },
    ],
    [
      'a module',
      {
        args: ['-l', 'modules', '-r', 'alpa'],
        status: 1,
        says: ['MODULE_NOT_FOUND', 'mean "alpha"', '<command line>:1:21'],
      },
    ],
    [
      'the dbd file of a module, without any database',
      {
        args: ['-l', 'bad', '-r', 'beta'],
        status: 1,
        says: ['bad/beta/1.0.0+0/dbd/beta.dbd:2:8: error[DBD_RECORD_TYPE_UNKNOWN]'],
      },
    ],
    [
      'a version',
      {
        args: ['-l', 'modules', '-r', 'alpha,1.0.0+9'],
        status: 1,
        says: ['alpha 1.0.0+9 is not installed', '1.0.0+1'],
      },
    ],
    [
      'a conflict, with the chain and a change that works',
      {
        args: ['-l', 'modules', 'pins.cmd'],
        status: 1,
        says: ['VERSION_CONFLICT', 'gamma.dep:2:1', 'pins.cmd:1:9', 'pins.cmd:2:9', 'help: '],
      },
    ],
    [
      'several at once, in files that others load',
      {
        args: ['-l', 'modules', 'nested.cmd'],
        status: 1,
        says: ['nested.cmd:3:9: error[MODULE_NOT_FOUND]'],
      },
    ],
    [
      'files that an installed module has',
      {
        args: ['-l', 'modules', 'wants.cmd', './proto.db'],
        status: 1,
        says: [
          'module proto 1.0.0+0 has it, not required',
          'add the line: require proto',
          "add in front of it: -r proto, and write '$(proto_DB)/proto.db'",
        ],
      },
    ],
    [
      'files that are loaded',
      {
        args: ['nosuch.db', '-d', 'alpa.template', 'nosuch.dbd', 'nosuch.subs', './nosuch.so'],
        status: 1,
        says: [
          '"nosuch.db"',
          'mean "alpha.template"',
          '"nosuch.dbd"',
          '"nosuch.subs"',
          'nosuch.so',
        ],
      },
    ],
    [
      'types of files that are not supported yet',
      {
        args: ['b.sch', 'c.py'],
        status: 1,
        says: ['"b.sch"', '"c.py"', '.subs'],
      },
    ],
    ['a folder instead of a script', { args: ['modules'], status: 1, says: ['it is a directory'] }],
    ['a library that is none', { args: ['./x.so'], status: 1, says: ['ELF_INVALID'] }],
    [
      'a broken library of a module',
      { args: ['-l', 'bad', '-r', 'broken'], status: 1, says: ['ELF_INVALID', 'libbroken.so'] },
    ],
    [
      'a module of another architecture',
      { args: ['-l', 'bad', '-r', 'arm'], status: 1, says: ['linux-arm', 'linux-x86_64'] },
    ],
    [
      'a dependency that is not installed',
      { args: ['-l', 'bad', '-r', 'half'], status: 1, says: ['nosuch', 'half.dep:1:1'] },
    ],
    ['a cycle', { args: ['-l', 'bad', '-r', 'ring'], status: 1, says: ['DEPENDENCY_CYCLE'] }],
    [
      'require after iocInit',
      {
        args: ['-l', 'modules', 'late.cmd'],
        status: 1,
        says: ['late.cmd:2:', 'REQUIRE_AFTER_INIT'],
      },
    ],
    [
      'require of something that only the IOC could know',
      {
        args: ['unknown.cmd'],
        status: 1,
        says: ['unknown.cmd:2:9: error[REQUIRE_UNKNOWN]', 'WHO'],
      },
    ],
    ['a quote that is never closed', { args: ['quote.cmd'], status: 1, says: ['quote.cmd:1:6'] }],
    ['a line end in a value', { args: ['X=a\nb'], status: 1, says: ['VALUE_NOT_WRITABLE'] }],
    ['the name of the IOC', { args: ['-n', 'A B'], status: 1, says: ['IOC_NAME'] }],
    [
      'a folder of modules',
      { args: ['-l', 'modles'], status: 1, says: ['there is no directory', 'modles'] },
    ],
    [
      'no base',
      {
        args: ['st.cmd'],
        env: { EPICS_BASE: undefined, HOME: '/nonexistent', XDG_DATA_HOME: '/nonexistent' },
        status: 3,
        says: ['BASE_NOT_FOUND', 'help: e3 base install'],
      },
    ],
    [
      'a base that is none',
      {
        args: ['--base', 'modules', 'st.cmd'],
        status: 3,
        says: ['BASE_UNUSABLE', 'named by --base'],
      },
    ],
    [
      'a base for other machines',
      {
        args: ['-i'],
        env: { EPICS_HOST_ARCH: 'linux-arm' },
        status: 3,
        says: ['BASE_ARCH_MISSING'],
      },
    ],
  ])('%s', (_what, mistake) => check(mistake))

  test('without Node the sentence names the package', async () => {
    const env = { PATH: '/nonexistent' }
    const ended = await launch(workspace, ['st.cmd'], { env, program: '/bin/sh' })
    expect(ended.status).not.toBe(0)
    const direct = await launch(workspace, ['st.cmd'], { env })
    expect(direct).toMatchObject({ status: 3, stdout: '' })
    expect(direct.stderr).toMatch(/^iocsh: Node\.js 20 .*apt-get install nodejs.*\n$/)
  })

  test('--format github: annotations; --quiet: no warnings', async () => {
    const ended = await launch(workspace, ['--format', 'github', 'quote.cmd'])
    expect(ended.stderr).toMatch(/^::error file=quote\.cmd,line=1,col=6,title=SHELL_SYNTAX::/)
    const long = ['-n', 'L'.repeat(40), '--dry-run']
    expect((await launch(workspace, long)).stderr).toContain('warning[IOC_NAME]')
    expect((await launch(workspace, ['--quiet', ...long])).stderr).toBe('')
  })

  test('--help, --version and --dry-run start nothing and need no run directory', async () => {
    rmSync(workspace.runtime, { recursive: true, force: true })
    const help = await launch(workspace, ['--help', 'nosuch.cmd'])
    expect(help).toMatchObject({ status: 0, stderr: '' })
    expect(help.stdout).toContain('iocsh st.cmd')
    const version = await launch(workspace, ['-V'])
    expect(version.stdout).toMatch(/^iocsh \(e3-iocsh\) \d+\.\d+\.\d+\n$/)
    const plan = await launch(workspace, ['--dry-run', '-l', 'modules', 'st.cmd'])
    expect(plan).toMatchObject({ status: 0, stderr: '' })
    expect(plan.stdout).toMatch(/--- startup\.cmd ---[\s\S]*--- command ---\n\S+softIocPVA -D /)
  })
})
