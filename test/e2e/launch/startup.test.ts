import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildModule } from '../../support/build-module.ts'
import {
  consoleLines,
  iocsh,
  launch,
  newWorkspace,
  plain,
  type Workspace,
} from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { testBase, testShellFeatures } from '../../support/machine.ts'

const base = testBase()
const { continuation, keepsStartupScript } = testShellFeatures()
/** What older bases put into IOCSH_STARTUP_SCRIPT: the last script that was loaded. */
const inLoaded = keepsStartupScript ? 'st.cmd' : 'n.cmd'

let workspace: Workspace
beforeAll(async () => {
  workspace = newWorkspace()
  if (base) await buildLaunchModules(workspace, base)
})
afterAll(() => workspace.remove())

interface Case {
  readonly files?: Readonly<Record<string, string | Buffer>>
  /** Behind `-l modules`; default: the script `st.cmd` without iocInit. */
  readonly args?: readonly string[]
  /** Lines of the console, in this order. */
  readonly lines: readonly string[]
  /** In what is printed to stderr; otherwise nothing may be. */
  readonly complaint?: RegExp
}

async function check({ files = {}, args = ['-i', 'st.cmd'], lines, complaint }: Case) {
  workspace.write(files)
  // What the IOC says of an unknown command: the check would stop the start.
  const options = ['-l', 'modules', ...(complaint ? ['--no-check'] : [])]
  const ended = await launch(workspace, [...options, ...args], { input: 'exit\n' })
  const shown = consoleLines(ended)
  const missing = lines.find((line) => {
    const index = shown.indexOf(line)
    if (index >= 0) shown.splice(0, index + 1)
    return index < 0
  })
  expect(missing, `${plain(ended.stdout)}\n${plain(ended.stderr)}`).toBeUndefined()
  expect(plain(ended.stderr)).toMatch(complaint ?? /^$/)
  expect(ended.status).toBe(0)
}

describe.skipIf(!base)('what a script may look like', () => {
  test.each<[string, Case]>([
    [
      'the last line needs no line end',
      { files: { 'st.cmd': 'require alpha,1.0.0\nalphaHello' }, lines: ['alpha 1.0.0+1'] },
    ],
    [
      'line ends of Windows and a byte order mark',
      {
        files: { 'st.cmd': '\ufeffrequire beta\r\nbetaHello\r\nechoo\r\n' },
        lines: ['beta 1.1.0+0'],
        complaint: /^ERROR st\.cmd line 3: Command '?echoo'? not (registered|found)\.$/m,
      },
    ],
    [
      'a byte order mark in front of the only line',
      { files: { 'st.cmd': '\ufeffecho first' }, lines: ['first'] },
    ],
    [
      'Latin-1 stays what it is',
      {
        files: { 'st.cmd': Buffer.from('require beta\necho "20 \xb0C" end\n', 'latin1') },
        lines: ['20 \ufffdC'],
      },
    ],
    [
      'an empty script, and one of nothing but comments',
      {
        files: { 'st.cmd': '', 'c.cmd': '# require nothing' },
        args: ['-i', 'st.cmd', 'c.cmd'],
        lines: [],
      },
    ],
  ])('%s', (_what, given) => check(given))
})

describe.skipIf(!base)('require, wherever it stands', () => {
  test.each<[string, Case]>([
    [
      'in a snippet, which is loaded twice with other macros and modules',
      {
        files: {
          'st.cmd':
            'require alpha,1.0.0\niocshLoad "$(alpha_DIR)setup.iocsh" "P=one"\n' +
            'iocshLoad("$(alpha_DIR)setup.iocsh", "P=two,NEXT=gamma")\n',
        },
        lines: ['beta 1.0.0+0', 'snippet', 'gamma 1.0.0+0', 'snippet'],
        complaint: /info\[VERSION_HELD_BACK\]: beta 1\.0\.0\+0 instead of 1\.1\.0\+0/,
      },
    ],
    [
      'with macros of the environment, of the file and of the nested file',
      {
        files: {
          'st.cmd': 'epicsEnvSet V 1.0.0\nrequire $(M), $(V)\niocshLoad "n.cmd" "W=1.0.0+0"\n',
          'n.cmd': 'require beta,${W}\nalphaHello\nbetaHello\n',
        },
        args: ['-i', 'st.cmd', 'M=alpha'],
        lines: ['alpha 1.0.0+1', 'beta 1.0.0+0'],
      },
    ],
    [
      'below <, iocshRun and iocshCmd, in a folder with a blank',
      {
        files: {
          'st.cmd':
            "iocshRun 'require $(M)' 'M=beta'\niocshCmd 'require gamma'\n< 'a b/n.cmd'\nbetaHello\n",
          'a b/n.cmd': 'require alpha\nalphaHello\n',
        },
        lines: ['alpha 2.0.0+0', 'beta 1.0.0+0'],
        complaint: /info\[VERSION_HELD_BACK\]/,
      },
    ],
    [
      'behind cd, with a relative -l',
      {
        files: { 'st.cmd': 'cd sub\nrequire beta\nbetaHello\npwd\n', 'sub/keep': '' },
        lines: ['beta 1.1.0+0', 'pwd'],
      },
    ],
    [
      'quoted, with blanks and brackets',
      {
        files: { 'st.cmd': '  require("alpha" , \'1.0.0+0\')\n\talphaHello()\n' },
        lines: ['alpha 1.0.0+0'],
      },
    ],
    [
      'a module without code',
      {
        files: { 'st.cmd': 'require proto\ndbLoadRecords "proto.db"\ndbl ai\n' },
        lines: ['LAB:Proto'],
      },
    ],
  ])('%s', (_what, given) => check(given))
})

describe.skipIf(!base)('what the IOC shows of a script', () => {
  test.each<[string, Case]>([
    [
      'line numbers and names in its messages are those of the originals',
      {
        files: {
          'st.cmd': 'require alpha,1.0.0\n\nnope1\niocshLoad sub/n.cmd\n< "sub/i.cmd"\nnope2',
          'sub/n.cmd': '# comment\nnope3\nrequire beta\nnope4',
          'sub/i.cmd': 'require gamma\n\n\nnope5',
        },
        lines: [],
        complaint: new RegExp(
          [
            '^ERROR st.cmd line 3: .*nope1.*',
            'ERROR n.cmd line 2: .*nope3.*',
            'ERROR n.cmd line 4: .*nope4.*',
            'ERROR i.cmd line 4: .*nope5.*',
            'ERROR st.cmd line 6: .*nope2.*',
          ].join('\\n'),
          'm',
        ),
      },
    ],
    [
      'IOCSH_STARTUP_SCRIPT in what is loaded, as the base does it',
      {
        files: {
          'a/st.cmd':
            'require alpha,1.0.0\necho "1 $(IOCSH_STARTUP_SCRIPT)"\niocshLoad "a/n.cmd"\n' +
            'echo "3 $(IOCSH_STARTUP_SCRIPT)"\n',
          'a/n.cmd': 'echo "2 $(IOCSH_STARTUP_SCRIPT)"\nrequire beta\n',
          'plain.cmd': 'echo "4 $(IOCSH_STARTUP_SCRIPT)"\n',
        },
        args: ['-i', 'a/st.cmd', 'plain.cmd'],
        lines: ['1 a/st.cmd', `2 a/${inLoaded}`, `3 a/${inLoaded}`, '4 plain.cmd'],
      },
    ],
    [
      'both spellings of the top folder, the name of the IOC, versions of base',
      {
        files: {
          'st.cmd':
            'echo "$(E3_IOCSH_TOP)=$(IOCSH_TOP)"\necho "$(REQUIRE_IOC) $(IOCNAME)"\n' +
            'echo "$(EPICS_BASETYPE) $(T_A) $(EPICS_HOST_ARCH)"\n',
        },
        lines: ['LAB:TEST LAB:TEST', '7.0 linux-x86_64 linux-x86_64'],
      },
    ],
  ])('%s', (_what, given) => check({ complaint: /(?:)/, ...given }))

  test.skipIf(!continuation)('lines that end in a backslash go on in the next line', () =>
    check({
      files: {
        'st.cmd': 'require \\\n alpha,\\\n1.0.0+0\necho \\\n "$(X)"\nalphaHello\nnope',
      },
      args: ['-i', 'X=a\\', 'st.cmd', '-c', 'echo "$(X)"', '-c', 'echo b\\', '-c', 'echo c'],
      lines: ['a', 'alpha 1.0.0+0', 'a', 'b', 'c'],
      complaint: /^ERROR st\.cmd line \d+: /m,
    }),
  )

  test('several scripts: each has its E3_CMD_TOP, links are followed', async () => {
    workspace.write({
      'one/a.cmd': 'echo "A $(E3_CMD_TOP)"\n',
      'two/b.cmd': 'echo "B $(E3_CMD_TOP)"\n',
    })
    symlinkSync('../one/a.cmd', workspace.path('two/link.cmd'))
    const args = ['-i', 'one/a.cmd', 'two/b.cmd', 'two/link.cmd', '-c', 'echo "C"']
    const ended = await launch(workspace, args, { input: 'exit\n' })
    expect(consoleLines(ended).filter((line) => /^[ABC]( |$)/.test(line))).toEqual([
      `A ${workspace.path('one')}`,
      `B ${workspace.path('two')}`,
      `A ${workspace.path('one')}`,
      'C',
    ])
  })

  test('behind a link `..` is the folder around what it leads to, as for the IOC', async () => {
    const text = 'echo "$(E3_CMD_TOP)"\nrequire alpha\n'
    workspace.write({ 'other/deep/x': '', 'other/l.cmd': text, 'l.cmd': 'echo "wrong"\n' })
    symlinkSync('other/deep', workspace.path('to'))
    const moves = ['-c', 'cd to', '-c', 'cd ..', '-c', 'iocshLoad l.cmd']
    const args = ['-l', 'modules', '-i', 'to/../l.cmd', ...moves]
    const ended = await launch(workspace, args, { input: 'exit\n' })
    expect(consoleLines(ended).filter((line) => line === workspace.path('other'))).toHaveLength(2)
    expect(ended.stdout).not.toContain('wrong')
    workspace.write({ 'other/g.json': '{}', 'group.cmd': 'dbLoadGroup to/../g.json\niocInit\n' })
    const grouped = await launch(workspace, ['group.cmd', '-c', 'exit'])
    expect(grouped).toMatchObject({ status: 0, stderr: expect.not.stringContaining('g.json') })
    const missed = await launch(workspace, ['nodir/../l.cmd'])
    expect(missed).toMatchObject({ status: 1, stderr: expect.stringContaining('FILE_NOT_FOUND') })
  })
})

describe.skipIf(!base)('iocInit', () => {
  /** Texts of a start, with what is printed when the IOC runs replaced by `RUNS`. */
  async function order(files: Record<string, string>, args: readonly string[]) {
    workspace.write(files)
    const ended = await launch(workspace, args, { input: 'exit\n' })
    const shown = consoleLines(ended).map((line) => (line.startsWith('## EPICS') ? 'RUNS' : line))
    const interesting = /^(RUNS|[a-z])$/
    return { order: shown.filter((line) => interesting.test(line)).join(' '), ...ended }
  }

  test.each<[string, Record<string, string>, readonly string[], string]>([
    ['is added', { 'a.cmd': '# iocInit\necho a\n' }, ['a.cmd', '-c', 'echo b'], 'a b RUNS'],
    ['is not added: in the script', { 'a.cmd': 'iocInit()\necho a' }, ['a.cmd'], 'RUNS a'],
    [
      'is not added: in a nested script, by its path from macros',
      { 'a.cmd': 'epicsEnvSet D sub\niocshLoad $(D)/b.cmd\necho a', 'sub/b.cmd': '  iocInit' },
      ['a.cmd'],
      'RUNS a',
    ],
    [
      'is added: the line is switched off by a macro',
      { 'a.cmd': '$(OFF)iocInit\necho a\n' },
      ['OFF=1', 'a.cmd', 'OFF=#'],
      'a RUNS',
    ],
    ['is not added: -c iocInit()', {}, ['-c', 'iocInit()', '-c', 'echo a'], 'RUNS a'],
    ['is not added with -i', { 'a.cmd': 'echo a\n' }, ['-i', 'a.cmd'], 'a'],
    [
      'is added in front of -c seq',
      {},
      ['--no-check', '-c', 'echo a', '-c', 'seq x', '-c', 'echo b'],
      'a RUNS b',
    ],
    ['is added in front of -s', {}, ['--no-check', '-s', 'prog M=1', '-c', 'echo b'], 'RUNS b'],
    [
      'is followed by what afterInit was given, also with require in between',
      { 'a.cmd': 'afterInit "echo x"\niocshLoad b.cmd\necho a\n', 'b.cmd': "afterInit('echo y')" },
      ['a.cmd'],
      'a RUNS x y',
    ],
    [
      'is followed by it where the script itself runs iocInit',
      { 'a.cmd': "afterInit 'echo x'\n< b.cmd\necho a", 'b.cmd': 'iocInit' },
      ['a.cmd'],
      'RUNS x a',
    ],
    [
      'is followed by it behind iocRun',
      { 'a.cmd': "afterInit 'echo x'\niocBuild\necho a\niocRun\necho b\n" },
      ['a.cmd'],
      'RUNS a x b',
    ],
    [
      'gives way to iocRun behind iocBuild',
      { 'a.cmd': "afterInit 'echo x'\niocBuild\necho a\n" },
      ['a.cmd', '-c', 'echo b'],
      'RUNS a b x',
    ],
    [
      'is added: a line of separators is in front of it',
      { 'a.cmd': 'echo a\n()\niocInit\n' },
      ['a.cmd'],
      'a RUNS',
    ],
    [
      'does not run where a line cannot be read',
      { 'a.cmd': 'echo a\n# c \\' },
      ['-i', 'a.cmd'],
      'a',
    ],
  ])('%s', async (_what, files, args, expected) => {
    const ended = await order(files, args)
    expect(ended.order, ended.stderr).toBe(expected)
    expect(ended.stdout).not.toContain('can only be initialized')
  })

  test.skipIf(!keepsStartupScript)(
    'stays where a script of afterIocRunning is copied',
    async () => {
      const files = {
        'a.cmd': "afterIocRunning 'iocshLoad b.cmd'\niocInit\necho a",
        'b.cmd': 'echo x',
      }
      expect((await order(files, ['a.cmd'])).order).toBe('RUNS x a')
    },
  )

  test('may write elsewhere, but only into a directory that is there', async () => {
    const files = { 'a.cmd': "afterInit 'echo x'\niocInit > log\necho a\n" }
    expect((await order(files, ['a.cmd'])).order).toBe('a')
    expect(readFileSync(workspace.path('log'), 'utf8')).toMatch(/^x$/m)
    const refused = await order({ 'a.cmd': 'iocInit > nodir/log\n' }, ['a.cmd'])
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('DIRECTORY_NOT_FOUND'),
    })
  })

  test('is not added a second time behind a script that is made meanwhile', async () => {
    const lines = ['on error break', 'system "echo echo b > made.cmd"', '< made.cmd', 'iocInit', '']
    const ended = await order({ 'a.cmd': lines.join('\n') }, ['a.cmd'])
    expect(ended.order).toBe('b RUNS')
    expect(ended.stdout).not.toContain('can only be initialized')
  })
})

describe.skipIf(!base)('the command line', () => {
  const show = 'echo "<$(X=none)>"\n'

  test.each<[string, Case]>([
    [
      'acts from left to right',
      {
        files: { 'st.cmd': 'echo "$(A) $(B=none)"\n', 'x.cmd': 'alphaHello\n' },
        args: ['-i', 'A=1', 'st.cmd', '-c', 'echo c', 'B=2', 'st.cmd', '-r', 'alpha', 'x.cmd'],
        lines: ['1 none', 'c', '1 2', 'alpha 2.0.0+0'],
      },
    ],
    [
      'scripts with blanks, quotes and references in their names',
      {
        files: { 'we ird$(X)"it\'s.cmd': `require beta\n${show}` },
        args: ['-i', 'we ird$(X)"it\'s.cmd', 'X=a, b'],
        lines: ['<a, b>'],
      },
    ],
    [
      'values with commas, equals signs, quotes and references',
      {
        files: { 'st.cmd': show },
        args: [
          ...[
            '-i',
            'Y=ref',
            'st.cmd',
            'X=a,b=c',
            'st.cmd',
            "X=it's",
            'st.cmd',
            'X=http://h?q=1&r=2',
          ],
          ...['st.cmd', 'X=$(Y),$(Y)', 'st.cmd', 'X=', 'st.cmd', 'X=$(NO=default)'],
        ],
        lines: ['<a,b=c>', "<it's>", '<http://h?q=1&r=2>', '<ref,ref>', '<>', '<default>'],
      },
    ],
    [
      '@file: one argument a line or quoted as in a shell, with comments',
      {
        files: {
          args: "-i\n-c 'echo \"a   b\"' # comment\nst.cmd X='1 2' @more\n",
          more: '-c "echo \'*\'"\n',
          'st.cmd': show,
        },
        args: ['@args'],
        lines: ['a   b', '<1 2>', '*'],
      },
    ],
    [
      'databases, substitutions, dbd and library files',
      {
        files: {
          'a.db': 'record(ai, "$(P)Db") { field(DESC, "$(D)") }\n',
          't.template': 'record(ai, "$(P)T$(N)") {}\n',
          's.subst': 'file "$(F)" { {N=1} {N=2} }\n',
          'x.dbd': 'variable(asCaDebug, int)\n',
        },
        args: [
          ...[
            '-i',
            'F=t.template',
            'a.db',
            'P=X:',
            'D=a, b=$(E)',
            'E=c',
            't.template',
            'P=X:',
            'N=9',
          ],
          ...['s.subst', 'P=X:', 'x.dbd', '-d', 't.template', 'P=Y:', 'N=1'],
          ...['modules/beta/1.1.0+0/lib/linux-x86_64/libbeta.so', '-c', 'dbl "ai" "DESC"'],
        ],
        lines: ['X:Db, "a, b=c"', 'X:T9, ""', 'X:T1, ""', 'X:T2, ""', 'Y:T1, ""'],
      },
    ],
    [
      'a database along the include path of a module',
      {
        args: ['-i', '-r', 'alpha,1.0.0', 'alpha.template', 'P=Z:', '-c', 'dbl "ai"'],
        lines: ['Z:Alpha'],
      },
    ],
  ])('%s', (_what, given) => check(given))

  test('the dbd of a module includes what is beside it and what base has', async () => {
    await buildModule({
      ...{ root: workspace.path('including'), base: base ?? '', name: 'beta', version: '1.1.0+0' },
      files: {
        'dbd/beta.dbd': 'include "own.dbd"\ninclude "menuConvert.dbd"\nregistrar(betaRegistrar)\n',
        'dbd/own.dbd': 'menu(ownMenu) { choice(ownA, "A") }\n',
      },
    })
    const ended = await launch(workspace, [
      ...['-i', '-l', 'including', '-r', 'beta'],
      ...['-c', 'betaHello', '-c', 'dbDumpMenu pdbbase ownMenu', '-c', 'exit'],
    ])
    expect(consoleLines(ended)).toEqual(expect.arrayContaining(['beta 1.1.0+0', 'menu(ownMenu) {']))
    expect(ended).toMatchObject({ stderr: '', status: 0 })
  })

  test('process substitution: iocsh <(echo ...)', async () => {
    const words = '-i -l modules <(echo require beta; echo betaHello; echo -n pwd) -c exit'
    const ended = await launch(workspace, ['-c', `exec "$IOCSH" ${words}`], {
      program: 'bash',
      env: { IOCSH: iocsh },
    })
    expect(consoleLines(ended)).toEqual(expect.arrayContaining(['beta 1.1.0+0', 'pwd']))
    expect(ended).toMatchObject({ stderr: '', status: 0 })
  })

  test('a database from a pipe is refused: the check would leave nothing for the IOC', async () => {
    const ended = await launch(workspace, ['-c', 'exec "$IOCSH" -i -d <(echo) -c exit'], {
      program: 'bash',
      env: { IOCSH: iocsh },
    })
    expect(ended).toMatchObject({ stderr: expect.stringContaining('FILE_UNREADABLE'), status: 1 })
  })

  test('pipes in the place of a dbd file, and of one that it includes, are not waited for', async () => {
    const folder = workspace.path('piped/gamma/1.0.0+0/dbd')
    cpSync(workspace.path('modules'), workspace.path('piped'), { recursive: true })
    writeFileSync(join(folder, 'gamma.dbd'), 'include "more.dbd"\n')
    execFileSync('mkfifo', [join(folder, 'more.dbd')])
    const start = () => launch(workspace, ['-l', 'piped', '-r', 'gamma'])
    const wanted = { stderr: expect.stringContaining('FILE_UNREADABLE'), status: 1, signal: null }
    expect(await start()).toMatchObject(wanted)
    renameSync(join(folder, 'more.dbd'), join(folder, 'gamma.dbd'))
    expect(await start()).toMatchObject(wanted)
  })

  test('exit on the command line ends the IOC when nobody types', async () => {
    const ended = await launch(workspace, ['-i', '-c', 'echo a', '-c', 'exit', '-c', 'echo b'])
    expect(consoleLines(ended)).toContain('a')
    expect(consoleLines(ended)).not.toContain('b')
    expect(ended.status).toBe(0)
  })
})
