import { expect, test } from 'vitest'
import { finalCommand } from '../../../src/startup/launch-file.ts'
import { planLaunch, runFiles } from '../../../src/startup/plan.ts'
import { formatPlace } from '../../../src/text/span.ts'
import { planInput } from '../../support/plan-input.ts'
import { memoryReader } from '../../support/tree.ts'

function plan(words: string[], files: Record<string, string> = {}, change: object = {}) {
  const placed = Object.entries(files).map(([name, text]) => [
    name.startsWith('/') ? name : `/here/${name}`,
    text,
  ])
  return planLaunch({ ...planInput(words, Object.fromEntries(placed)), ...change })
}

/** Files by path; the startup script without its header and variables. */
function filesOf(words: string[], files?: Record<string, string>, change?: object) {
  const { value, diagnostics } = plan(words, files, change)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const written = new Map((value ? runFiles(value) : []).map(({ path, text }) => [path, text]))
  const script = written.get('startup.cmd') ?? ''
  const lines = script
    .split('\n')
    .filter((line) => !/^#-|^epicsEnvSet '(REQ|IOCSH_(TOP|PS1)|E3_IOCSH|T_A|EPICS_|OS_)/.test(line))
  return { written, body: lines.slice(2, -1) }
}

test.each<[string[], Record<string, string>, string[]]>([
  [[], {}, ['iocInit']],
  [['-i'], {}, []],
  [['-c', 'dbl', '-c', 'iocInit', '-c', 'dbpr x'], {}, ['dbl', 'iocInit', 'dbpr x']],
  [['A=it is'], {}, ["epicsEnvSet 'A' 'it is'", 'iocInit']],
  [['-s', 'prog P=1'], {}, ['iocInit', 'seq prog P=1']],
  [['-c', "afterInit 'dbl'"], {}, ["# afterInit 'dbl'", 'iocInit', 'dbl']],
  [
    ['a.db', 'P=x', 'Q=a,b', 'R='],
    { 'a.db': '' },
    [`dbLoadRecords 'a.db' 'P=x,Q="a,b",R='`, 'iocInit'],
  ],
  [['a.db', 'P=$(IOC):"'], { 'a.db': '' }, [`dbLoadRecords 'a.db' 'P="$(IOC):\\""'`, 'iocInit']],
  [['a.dbd'], { 'a.dbd': '' }, ["dbLoadDatabase 'a.dbd'", 'iocInit']],
  [['a.subs', 'P=x'], { 'a.subs': '' }, ["dbLoadTemplate 'a.subs' 'P=x'", 'iocInit']],
  [['-d', 'x.txt'], { 'x.txt': '' }, ["dbLoadRecords 'x.txt'", 'iocInit']],
  [
    ['st.cmd', 'P=1'],
    { 'st.cmd': 'dbl\n' },
    [
      "epicsEnvSet 'E3_CMD_TOP' '/here'",
      "epicsEnvSet 'IOCSH_STARTUP_SCRIPT' 'st.cmd'",
      "iocshLoad 'st.cmd' 'P=1'",
      'iocInit',
    ],
  ],
])('%j becomes its lines', (words, files, expected) => {
  expect(filesOf(words, files).body).toEqual(expected)
})

test.each<[string, string[], string, boolean]>([
  ['that sets a mode', ['st.cmd'], 'on error break\n', true],
  ['that sets none', ['st.cmd'], 'dbl\n', false],
  ['of which only a part sets one', ['st.cmd'], '< a.cmd\n', false],
  [
    'behind a mode of the command line',
    ['-c', 'on error wait 1', 'st.cmd'],
    'on error break\n',
    false,
  ],
  ['in front of one', ['st.cmd', '-c', 'on error continue'], 'on error break\n', true],
  ['loaded by a command', ['-c', 'iocshLoad st.cmd'], 'on error break\n', false],
])('a script %s', (_what, words, text, expected) => {
  const { body } = filesOf(words, { 'st.cmd': text, 'a.cmd': 'on error break\n' })
  const load = body.findIndex((line) => line.startsWith('iocshLoad'))
  expect(body[load + 1] === "on 'error' 'continue'").toBe(expected)
  expect(body.includes("on 'error' 'break'")).toBe(expected)
})

test('a hierarchical database is loaded flat, with the macros of its line', () => {
  const { written, body } = filesOf(['a.vdb', 'P=x'], {
    'a.vdb': 'expand("b.vdb", b) { macro(N, "$(P)") }',
    'b.vdb': 'record(ai, "$(N)") {}',
  })
  expect(body[0]).toBe("dbLoadRecords '/run/iocsh-0/LAB:X-1/databases/1/a.db' 'P=x'")
  expect(written.get('databases/1/a.db')).toBe(
    '# expand("/here/b.vdb", b)\n\nrecord(ai, "$(P)") {\n}\n\n# end (b)\n',
  )
})

test('hierarchical templates of a substitution file: a copy of it names their flat form', () => {
  const { written, body } = filesOf(['d/a.subs', 'P=x'], {
    'd/a.subs': 'file "a.vdb" { { N=1 } }\nfile b.db { { N=2 } } file a.vdb { {} }\n',
    'a.vdb': 'record(ai, "$(N)") {}',
    'b.db': 'record(ai, "b$(N)") {}',
  })
  const directory = '/run/iocsh-0/LAB:X-1/databases'
  expect(body[0]).toBe(`dbLoadTemplate '${directory}/2/a.subs' 'P=x'`)
  expect(written.get('databases/1/a.db')).toBe('record(ai, "$(N)") {\n}\n')
  expect(written.get('databases/2/a.subs')).toBe(
    `file "${directory}/1/a.db" { { N=1 } }\nfile b.db { { N=2 } } file "${directory}/1/a.db" { {} }\n`,
  )
})

test('a script with require is copied: only these lines differ', () => {
  const { written, body } = filesOf(['d/st.cmd', 'P=1'], {
    'd/st.cmd': '# first\nrequire stream\n\ndbl $(P)\nrequire asyn,4.42.0',
  })
  expect(body.slice(0, 3)).toEqual([
    "epicsEnvSet 'E3_CMD_TOP' '/here/d'",
    "epicsEnvSet 'IOCSH_STARTUP_SCRIPT' 'd/st.cmd'",
    "iocshLoad '/run/iocsh-0/LAB:X-1/scripts/1/st.cmd' 'P=1'",
  ])
  expect(written.get('scripts/1/st.cmd')).toBe(
    [
      '# first',
      "< '/run/iocsh-0/LAB:X-1/require/1-stream.cmd'",
      '',
      'dbl $(P)',
      "< '/run/iocsh-0/LAB:X-1/require/2-asyn.cmd'",
      '',
    ].join('\n'),
  )
  const loaded = written.get('require/1-stream.cmd') ?? ''
  expect(loaded.indexOf("'asyn_DIR' '/m/asyn/4.42.0+3/'")).toBeLessThan(
    loaded.indexOf("'stream_DIR' '/m/stream/2.8.26+0/'"),
  )
})

test.each<[string, string[], Record<string, string>, string | undefined]>([
  ['no mode is set', ['st.cmd'], { 'st.cmd': 'require asyn\n' }, 'halt'],
  ['the script sets one', ['st.cmd'], { 'st.cmd': 'on error wait 3\nrequire asyn\n' }, 'break'],
  ['it sets one later', ['st.cmd'], { 'st.cmd': 'require asyn\non error break\n' }, 'halt'],
  [
    'the script around it sets one',
    ['st.cmd'],
    { 'st.cmd': 'on error break\n< a.cmd\n', 'a.cmd': 'require asyn\n' },
    'halt',
  ],
  ['iocshRun', ['st.cmd'], { 'st.cmd': 'iocshRun "require asyn"\n' }, 'break'],
  ['-r alone', ['-r', 'asyn'], {}, 'halt'],
  ['the command line sets one', ['-c', 'on error break', '-r', 'asyn'], {}, 'break'],
  ['a module without a library', ['-r', 'stream'], {}, undefined],
])('a module that cannot be loaded: %s', (_title, words, files, mode) => {
  const { base, site } = planInput([])
  const asyn = { lib: { 'linux-x86_64': { 'asyn.dep': '', 'libasyn.so': '' } } }
  const stream = { lib: { 'linux-x86_64': { 'stream.dep': '' } } }
  const reader = memoryReader({ m: { asyn: { '1.0.0': asyn }, stream: { '1.0.0': stream } } })
  const change = {
    site: { ...site, reader },
    checkLibraries: () => ({ registrations: new Map(), diagnostics: [] }),
  }
  const modeOf = (more: object) => {
    const { written } = filesOf(words, files, { ...change, ...more })
    const text = [...written].find(([path]) => path.startsWith('require/'))?.[1] ?? ''
    return /^on error (.*)$/m.exec(text)?.[1]
  }
  expect(modeOf({})).toBe(mode)
  const version = { ...base.version, text: '7.0.3', parts: [7, 0, 3, 0] as const }
  expect(modeOf({ base: { ...base, version } })).toBe(undefined)
})

test('what require prints goes where its line sends it, and not where lines around it do', () => {
  const { written } = filesOf(['st.cmd'], {
    'st.cmd': 'require asyn > a 2>> b\niocshLoad c.cmd >4.log\n',
    'c.cmd': 'require asyn\n',
  })
  const directory = '/run/iocsh-0/LAB:X-1'
  const text = [...written.values()].join('')
  expect(text).toContain(`\n< '${directory}/require/1-asyn.cmd' 1> 'a' 2>> 'b'\n`)
  expect(text).toContain(`\n< '${directory}/require/2-asyn.cmd'\n`)
  expect(text).toMatch(/^iocshLoad '.*c.cmd' 1> '4.log'\n/m)
})

test.each<[string, Record<string, string>, string]>([
  ['includes', { 'st.cmd': '< a.cmd\n' }, "< '/run/iocsh-0/LAB:X-1/scripts/2/a.cmd'"],
  [
    'loads',
    { 'st.cmd': 'iocshLoad a.cmd "M=$(N=x)"\n' },
    "iocshLoad '/run/iocsh-0/LAB:X-1/scripts/2/a.cmd' 'M=x'",
  ],
  [
    'runs',
    { 'st.cmd': 'iocshRun "require asyn" "A=1"\n' },
    `iocshRun '< '"'"'/run/iocsh-0/LAB:X-1/require/1-asyn.cmd'"'" 'A=1'`,
  ],
  [
    'writes elsewhere',
    { 'st.cmd': '< a.cmd > log\n' },
    "< '/run/iocsh-0/LAB:X-1/scripts/2/a.cmd' 1> 'log'",
  ],
])('a script that %s a changed one is changed there', (_what, files, expected) => {
  const { written } = filesOf(['st.cmd'], { 'a.cmd': 'require asyn\n', ...files })
  expect(written.get('scripts/1/st.cmd')).toBe(`${expected}\n`)
})

test.each<[string, string, string]>([
  ['without a final newline', 'dbl', 'dbl\n'],
  ['with a byte order mark', '\ufeffdbl\n', 'dbl\n'],
  ['with a last line that is to be joined', 'dbl \\\n', 'dbl \\\n\n'],
  ['with a last comment that is, without a final newline', '# c \\', '# c \\\n\n'],
])('a script %s is copied, so that all of it runs', (_what, text, expected) => {
  const { written } = filesOf(['st.cmd'], { 'st.cmd': text })
  expect(written.get('scripts/1/st.cmd')).toBe(expected)
})

const oldBase = {
  directory: '/base',
  arch: 'linux-x86_64',
  version: { text: '7.0.8.1', parts: [7, 0, 8, 1], snapshot: '', site: '' },
  executable: { path: '/base/bin/linux-x86_64/softIocPVA' },
  dbd: '/base/dbd/softIocPVA.dbd',
  libraryDirectory: '/base/lib/linux-x86_64',
}

test.each([
  ['# first\nrequire asyn\n', '# first\n', "BEGIN\n< 'REQUIRE'\n"],
  ['dbl\nrequire asyn\n', 'dbl\n', "BEGIN\n< 'REQUIRE'\n"],
  ['require asyn\n', "< 'REQUIRE'\n", 'BEGIN\n'],
  ['on error break\ndbl\nrequire asyn', "< 'REQUIRE'\n", 'on error break\ndbl\nBEGIN\n'],
  ['$(X=#)exit\n\nrequire asyn\n', '\n', "$(X=#)exit\nBEGIN\n< 'REQUIRE'\n"],
  ['exit\ndbl', '\n', 'exit\ndbl\nBEGIN\n'],
])('base 7.0.8: in %j the path of the original is put back', (text, moved, rest) => {
  const directory = '/run/iocsh-0/LAB:X-1'
  const { written } = filesOf(['begin.cmd'], { 'begin.cmd': text }, { base: oldBase })
  const shown = (path: string) =>
    written
      .get(path)
      ?.replace(`< '${directory}/scripts/2/begin.cmd'`, 'BEGIN')
      .replace(`${directory}/require/1-asyn.cmd`, 'REQUIRE')
  expect(shown('scripts/2/begin.cmd')).toBe(
    `epicsEnvSet 'IOCSH_STARTUP_SCRIPT' 'begin.cmd'\n${moved}`,
  )
  expect(shown('scripts/1/begin.cmd')).toBe(rest)
})

test('base 7.0.10: a command over several lines is replaced in all of them', () => {
  const { written } = filesOf(['st.cmd'], {
    'st.cmd': 'require \\\n asyn, \\\n4.42.0\necho \\\nx\n',
  })
  expect(written.get('scripts/1/st.cmd')).toBe(
    "< '/run/iocsh-0/LAB:X-1/require/1-asyn.cmd'\n\n\necho \\\nx\n",
  )
})

test('no generated line ends in a backslash, which would join the next one', () => {
  const { written, body } = filesOf(['A=b\\', '-c', 'echo \\', '-c', 'dbl'])
  expect(body).toEqual(["epicsEnvSet 'A' 'b'\\\\ ", 'echo \\', '', 'dbl', 'iocInit'])
  const comments = written.get('startup.cmd')?.split('\n') ?? []
  expect(comments.filter((line) => line.startsWith('#') && line.endsWith('\\'))).toEqual([])
})

test('afterInit in front of an iocInit of the script', () => {
  const { written, body } = filesOf(['st.cmd'], {
    'st.cmd': "afterInit 'dbpf x 1'\niocInit\ndbl\n",
  })
  expect(written.get('iocInit.cmd')).toBe('iocInit\ndbpf x 1\n')
  expect(written.get('scripts/1/st.cmd')).toContain("\n< '/run/iocsh-0/LAB:X-1/iocInit.cmd'\ndbl\n")
  expect(body).not.toContain('iocInit')
})

test.each([
  ['afterInit dbpf X 1', ['dbpf X 1']],
  ['afterInit(dbpf, "X Y", 1)', ["dbpf 'X Y' 1"]],
  [`afterInit "dbpf X 'a b'"`, ["dbpf X 'a b'"]],
  ['afterInit exit\nafterInit dbl\nafterInit "exit"', ['dbl', 'exit', 'exit']],
])('what runs after %s', (lines, expected) => {
  const { written } = filesOf(['st.cmd'], { 'st.cmd': `${lines}\niocInit\n` })
  expect(written.get('iocInit.cmd')?.trimEnd().split('\n').slice(1)).toEqual(expected)
  const { body } = filesOf(['st.cmd'], { 'st.cmd': `${lines}\n` })
  expect(body.slice(-expected.length)).toEqual(expected)
})

test.each([
  ['iocBuild\necho 1\niocRun\ndbl\n', 'iocBuild\necho 1\n<\ndbl\n', 'iocRun\ndbpf x 1\n'],
  ['iocInit > log\n', "< 1> 'log'\n", 'iocInit\ndbpf x 1\n'],
  ['iocRun\niocInit\n', 'iocRun\n<\n', 'iocInit\ndbpf x 1\n'],
  ['iocBuild\niocRun\niocRun\n', 'iocBuild\n<\niocRun\n', 'iocRun\ndbpf x 1\n'],
])('afterInit follows what makes the IOC run: %j', (lines, copied, init) => {
  const { written, body } = filesOf(['st.cmd'], { 'st.cmd': `afterInit 'dbpf x 1'\n${lines}` })
  const path = "'/run/iocsh-0/LAB:X-1/iocInit.cmd'"
  expect(written.get('scripts/1/st.cmd')).toBe(
    `# afterInit 'dbpf x 1'\n${copied.replace('<', `< ${path}`)}`,
  )
  expect(written.get('iocInit.cmd')).toBe(init)
  expect(body.at(-1)).toMatch('iocshLoad')
})

test('a command of afterInit that ends in a backslash joins no other', () => {
  const text = "afterInit '# c \\'\nafterInit dbl\niocInit\n"
  expect(filesOf(['st.cmd'], { 'st.cmd': text }).written.get('iocInit.cmd')).toBe(
    'iocInit\n# c \\\n\ndbl\n',
  )
})

test('behind iocBuild alone iocRun is added', () => {
  const words = ['-c', "afterInit 'dbl'", '-c', 'iocBuild', '-s', 'prog']
  expect(filesOf(words).body.slice(1)).toEqual([
    'iocBuild',
    expect.stringContaining('iocInit.cmd'),
    'seq prog',
  ])
  expect(filesOf(words.slice(0, 4)).body.slice(1)).toEqual(['iocBuild', 'iocRun', 'dbl'])
})

test('a line end in a command stays in the comment that names it', () => {
  const { written } = filesOf(['-c', 'dbl\nrequire asyn\ndbl 2'])
  expect(written.get('require/1-asyn.cmd')).toMatch(
    /^#- -c dbl\\nrequire asyn\\ndbl 2: require asyn\n/,
  )
})

test.each<[string[], object, string[]]>([
  [
    [],
    {},
    [
      '/base/bin/linux-x86_64/softIocPVA',
      '-D',
      '/base/dbd/softIocPVA.dbd',
      '/run/iocsh-0/LAB:X-1/startup.cmd',
    ],
  ],
  [
    ['-S'],
    {},
    [
      '/base/bin/linux-x86_64/softIocPVA',
      '-D',
      '/base/dbd/softIocPVA.dbd',
      '-S',
      '/run/iocsh-0/LAB:X-1/startup.cmd',
    ],
  ],
])('%j ends in its command', (words, change, expected) => {
  const { value } = plan(words, {}, change)
  expect(value && finalCommand(value.launch)).toEqual(expected)
})

test('without input there is no shell, but for those who say exit', () => {
  const hasShell = (words: string[]) => {
    const { value } = plan(words, {}, { isStdinAtEnd: true })
    return value && !finalCommand(value.launch).includes('-S')
  }
  const words = [[], ['-c', 'exit'], ['-c', 'afterInit exit'], ['-c', 'afterInit dbl']]
  expect(words.map(hasShell)).toEqual([false, true, true, false])
})

test.each<[string, string[], object, string]>([
  ['a file type that needs a later part', ['a.sch'], {}, 'FILE_TYPE'],
  ['a hierarchy without an end', ['h.vdb'], {}, 'HIERARCHY_EXPAND_LOOP'],
  ['a line end in a value', ['A=b\nc'], {}, 'VALUE_NOT_WRITABLE'],
  ['a macro that macLib would cut', ['a.db', `P=${'x'.repeat(300)}`], {}, 'VALUE_NOT_WRITABLE'],
  ['a bad name', ['-n', 'a b'], {}, 'IOC_NAME'],
  ['a directory no line can hold', [], { cwd: '/a\nb' }, 'PATH_NOT_WRITABLE'],
  ['a directory with a reference', [], { directory: '/a/$(HOME)' }, 'PATH_NOT_WRITABLE'],
  ['a missing module', ['-r', 'nosuch'], {}, 'MODULE_NOT_FOUND'],
])('%s stops the start', (_what, words, change, code) => {
  const { value, diagnostics } = plan(
    words,
    { 'a.db': '', 'h.vdb': 'expand("h.vdb", i) {}' },
    change,
  )
  expect(value).toBeUndefined()
  expect(diagnostics.map((found) => found.code)).toContain(code)
})

test.each([
  ['an iocInit that is added', ''],
  ['one of the script', 'iocInit\n'],
])('commands of afterInit are checked as any other: %s', (_what, init) => {
  const files = { 'st.cmd': `dbl\nafterInit 'require asyn'\nafterInit '< nosuch.cmd'\n${init}` }
  const { diagnostics } = plan(['st.cmd'], files)
  const found = diagnostics.map(({ code, at }) => `${code} ${at ? formatPlace(at) : ''}`)
  expect(found.sort()).toEqual(['FILE_NOT_FOUND st.cmd:3:11', 'REQUIRE_AFTER_INIT st.cmd:2:11'])
})

test('a script of afterInit is copied where the IOC would not read all of it', () => {
  const files = { 'st.cmd': "afterInit '< late.cmd'\n", 'late.cmd': 'dbl' }
  const { written, body } = filesOf(['st.cmd'], files)
  expect(body.slice(-2)).toEqual(['iocInit', "< '/run/iocsh-0/LAB:X-1/scripts/2/late.cmd'"])
  expect(written.get('scripts/2/late.cmd')).toBe('dbl\n')
  expect(written.has('iocInit.cmd')).toBe(false)
})

test('a script that the IOC writes is not copied: it reads the new one', () => {
  const files = { 'st.cmd': 'echo dbl > gen.cmd\n< gen.cmd\n', 'gen.cmd': 'dbl' }
  expect([...filesOf(['st.cmd'], files).written.keys()].filter((path) => /gen/.test(path))).toEqual(
    [],
  )
})

test('a script of afterIocRunning is copied, where it was asked for', () => {
  const text = "afterIocRunning 'iocshLoad late.cmd' > log\niocInit\ndbl\n"
  const { written } = filesOf(['st.cmd'], { 'st.cmd': text, 'late.cmd': 'dbl' })
  expect(written.get('scripts/1/st.cmd')).toBe(
    [
      `afterIocRunning 'iocshLoad '"'"'/run/iocsh-0/LAB:X-1/scripts/2/late.cmd'"'" 1> 'log'`,
      'iocInit',
      'dbl',
      '',
    ].join('\n'),
  )
  const added = filesOf(['st.cmd'], { 'st.cmd': text.replace('iocInit', ''), 'late.cmd': 'dbl' })
  expect(added.written.get('scripts/2/late.cmd')).toBe('dbl\n')
})

test('-i leaves afterInit without its iocInit', () => {
  const { diagnostics } = plan(['-i', '-c', 'afterInit dbl'])
  expect(diagnostics.map(({ code }) => code)).toEqual(['AFTER_INIT_UNUSED'])
})

test('--debug tells where each module comes from and who asked for it', () => {
  const { diagnostics } = plan(['--debug', '-r', 'stream'])
  const told = diagnostics.filter(({ code }) => code === 'MODULE_CHOSEN')
  expect(told.map(({ message, notes }) => [message, ...notes.map((note) => note.message)])).toEqual(
    [
      ['asyn 4.42.0+3 is loaded from /m/asyn/4.42.0+3', 'required by stream 2.8.26+0'],
      ['stream 2.8.26+0 is loaded from /m/stream/2.8.26+0', 'required here'],
    ],
  )
})

test('the plan itself is kept for programs', () => {
  const { written } = filesOf(['-r', 'stream'])
  expect(JSON.parse(written.get('plan.json') ?? '')).toEqual({
    format: 1,
    iocName: 'LAB:X',
    started: '2026-11-22T05:00:00+01:00',
    cwd: '/here',
    arguments: ['-r', 'stream'],
    base: { version: '7.0.10.1', arch: 'linux-x86_64', directory: '/base' },
    modules: [
      { name: 'asyn', version: '4.42.0+3', directory: '/m/asyn/4.42.0+3' },
      { name: 'stream', version: '2.8.26+0', directory: '/m/stream/2.8.26+0' },
    ],
    command: [
      '/base/bin/linux-x86_64/softIocPVA',
      '-D',
      '/base/dbd/softIocPVA.dbd',
      '/run/iocsh-0/LAB:X-1/startup.cmd',
    ],
  })
})

test('the header says what was started; values cannot end its lines', () => {
  const { value } = plan(
    ['-c', 'dbl'],
    {},
    {
      environment: new Map([
        ['EPICS_X', 'a\nexit'],
        ['SECRET', 'x'],
      ]),
    },
  )
  const script = value?.files.find(({ path }) => path === 'startup.cmd')?.text ?? ''
  expect(script).toContain('#- command   iocsh -c dbl\n')
  expect(script).toContain('#- env       EPICS_X=a\\nexit\n')
  expect(script).not.toContain('SECRET')
})
