import { describe, expect, test } from 'vitest'
import type { ResolvedModule } from '../../../src/modules/resolution.ts'
import { shellFeatures } from '../../../src/startup/base-features.ts'
import { fileFormats } from '../../../src/startup/file-formats.ts'
import { partsOf } from '../../../src/startup/parts.ts'
import type { Action } from '../../../src/startup/request.ts'
import { walk } from '../../../src/startup/walk.ts'
import { formatPlace, originsOf, spanOf } from '../../../src/text/span.ts'
import { formatVersionRequest } from '../../../src/version/request.ts'
import { parseVersion } from '../../../src/version/version.ts'
import { sourcesOf } from '../../support/sources.ts'

const at = spanOf({ name: '<command line>', text: 'iocsh st.cmd' }, 6, 12)
const start: Action = { kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at }

interface Given {
  readonly files: Record<string, string>
  readonly modules?: readonly ResolvedModule[]
  readonly environment?: Record<string, string>
  readonly actions?: readonly Action[]
  readonly version?: readonly number[]
}

function walkOf(given: Given) {
  const { files, modules = [], environment = {}, actions = [start], version } = given
  const reader = sourcesOf(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        name.startsWith('/') ? name : `/here/${name}`,
        text,
      ]),
    ),
  )
  const { value: parts } = partsOf(actions, { cwd: '/here', reader })
  return walk({
    parts,
    environment: new Map(Object.entries(environment)),
    cwd: '/here',
    formats: () => fileFormats,
    reader,
    modules,
    incomplete: false,
    ...(version && { shell: shellFeatures({ version: { parts: version } }) }),
  })
}

/** `CODE file:line:column`. */
function found(given: Given): string[] {
  return walkOf(given).diagnostics.map(
    ({ code, at: place }) => `${code} ${place ? formatPlace(place) : ''}`,
  )
}

function moduleOf(name: string, version = '1.0.0'): ResolvedModule {
  const directory = `/m/${name}/${version}`
  return {
    ...{ name, version: parseVersion(version), directory, root: '/m' },
    archDirectory: `${directory}/lib/linux-x86_64`,
    dependencies: [],
    requestedBy: [],
  }
}

test.each<[string, Record<string, string>, string[]]>([
  ['a script that is not there', {}, ['FILE_NOT_FOUND <command line>:1:7']],
  ['input of a command', { 'st.cmd': 'dbl < no.txt\n' }, ['FILE_NOT_FOUND st.cmd:1:7']],
  ['input that is there', { 'st.cmd': 'dbl < a.txt\n', 'a.txt': '' }, []],
  ['output', { 'st.cmd': 'dbl > d/log\ndbl >> log\n', 'd/x': '' }, []],
  [
    'output without a folder',
    { 'st.cmd': 'iocInit > d/log\n' },
    ['DIRECTORY_NOT_FOUND st.cmd:1:11'],
  ],
  ['output into a folder', { 'st.cmd': 'dbl 2> d\n', 'd/x': '' }, ['FILE_UNREADABLE st.cmd:1:8']],
  ['input that a line before writes', { 'st.cmd': 'dbl > a.txt\ndbl < a.txt\n' }, []],
  ['a nested one', { 'st.cmd': 'dbl\n< a/b.cmd\n' }, ['FILE_NOT_FOUND st.cmd:2:1']],
  ['a directory', { 'st.cmd': '< a\n', 'a/b': '' }, ['FILE_UNREADABLE st.cmd:1:1']],
  ['a database', { 'st.cmd': 'dbLoadRecords("x.db", "P=1")\n' }, ['FILE_NOT_FOUND st.cmd:1:15']],
  ['no search path', { 'st.cmd': 'dbLoadRecords x.db "P=1" Q=2\n', 'x.db': '' }, []],
  ['a dbd', { 'st.cmd': 'dbLoadDatabase x.dbd\n' }, ['FILE_NOT_FOUND st.cmd:1:16']],
  ['a library', { 'st.cmd': 'dlload ./x.so\n' }, ['FILE_NOT_FOUND st.cmd:1:8']],
  [
    'a template of a substitution file',
    { 'st.cmd': 'dbLoadTemplate x.subs\n', 'x.subs': 'file a.db {}\nfile b.db {}\n', 'a.db': '' },
    ['FILE_NOT_FOUND x.subs:2:6'],
  ],
  ['no directory to go to', { 'st.cmd': 'cd\n' }, ['DIRECTORY_NOT_FOUND st.cmd:1:1']],
  ['an empty one', { 'st.cmd': 'cd ""\n' }, ['DIRECTORY_NOT_FOUND st.cmd:1:4']],
  ['a directory to go to', { 'st.cmd': 'cd nowhere\n' }, ['DIRECTORY_NOT_FOUND st.cmd:1:4']],
  ['an undefined macro', { 'st.cmd': 'dbpf $(X) 1\n' }, ['MACRO_UNDEFINED st.cmd:1:6']],
  [
    'a recursive macro',
    { 'st.cmd': "epicsEnvSet A '$(A)'\ndbpf $(A)\n" },
    ['MACRO_RECURSIVE st.cmd:2:6'],
  ],
  [
    'macros that nest without end',
    { 'st.cmd': `dbpf ${'$('.repeat(100_000)}\n` },
    ['MACRO_RECURSIVE st.cmd:1:6'],
  ],
  ['an unknown module', { 'st.cmd': 'require $(M)\n' }, ['REQUIRE_UNKNOWN st.cmd:1:9']],
  [
    'a module path that is set too late',
    { 'st.cmd': 'epicsEnvSet EPICS_DRIVER_PATH /m\nrequire a\nrequire b\n' },
    ['MODULE_PATH_TOO_LATE st.cmd:2:9'],
  ],
  ['a range of versions', { 'st.cmd': 'require a>=1.0.0\n' }, ['REQUIRE_MALFORMED st.cmd:1:11']],
  ['input for require', { 'st.cmd': 'require a < b\n' }, ['REQUIRE_MALFORMED st.cmd:1:13']],
  [
    'a require too late',
    { 'st.cmd': 'iocInit\nrequire asyn\n' },
    ['REQUIRE_AFTER_INIT st.cmd:2:9'],
  ],
  ['a quote that is never closed', { 'st.cmd': 'dbpf "x 1\n' }, ['SHELL_SYNTAX st.cmd:1:6']],
  ['a line without a command', { 'st.cmd': '()\n< nosuch\n' }, ['SHELL_SYNTAX st.cmd:1:1']],
  ['a script without a name', { 'st.cmd': 'iocshLoad ""\n' }, ['FILE_NOT_FOUND st.cmd:1:1']],
  ['iocInit behind iocBuild', { 'st.cmd': 'iocBuild\niocInit\n' }, ['IOC_INIT_TWICE st.cmd:2:1']],
  ['iocInit twice', { 'st.cmd': 'iocInit\niocInit()\n' }, ['IOC_INIT_TWICE st.cmd:2:1']],
  [
    'afterInit too late',
    { 'st.cmd': "iocInit\nafterInit 'dbl'\n" },
    ['AFTER_INIT_TOO_LATE st.cmd:2:1'],
  ],
  ['afterInit of nothing', { 'st.cmd': 'afterInit\n' }, ['AFTER_INIT_EMPTY st.cmd:1:1']],
  ['a script that loads itself', { 'st.cmd': 'iocshLoad st.cmd\n' }, ['SCRIPT_LOOP st.cmd:1:1']],
])('finds %s', (_what, files, expected) => {
  expect(found({ files })).toEqual(expected)
})

test.each<[string, Record<string, string>]>([
  ['a relative path after cd', { 'st.cmd': 'cd sub\n< a.cmd\n', 'sub/a.cmd': 'dbl\n' }],
  [
    'EPICS_DB_INCLUDE_PATH',
    { 'st.cmd': 'epicsEnvSet EPICS_DB_INCLUDE_PATH .:/db\ndbLoadRecords a.db\n', '/db/a.db': '' },
  ],
  [
    'a substitution file in the working directory, which is not in the path',
    { 'st.cmd': 'epicsEnvSet EPICS_DB_INCLUDE_PATH /db\ndbLoadTemplate a.subs\n', 'a.subs': '' },
  ],
  [
    'a macro in a database name',
    { 'st.cmd': "epicsEnvSet N a\ndbLoadRecords '$(N).db'\n", 'a.db': '' },
  ],
  ['CRLF', { 'st.cmd': '< a.cmd\r\nrequire asyn\r\n', 'a.cmd': 'dbl\r\n' }],
  ['a file made by a redirection', { 'st.cmd': 'dbl > a.cmd\ndbl\n', 'a.cmd': '' }],
  ['a comment', { 'st.cmd': '# require $(NOPE)\n#< nosuch\n' }],
])('accepts %s', (_what, files) => {
  expect(found({ files })).toEqual([])
})

test.each<[string, string[], string[]]>([
  ['dbLoadTemplate here.subs', [], []],
  ['dbLoadTemplate p.subs "" p', ['st.cmd:2:16'], []],
  ['dbLoadTemplate e.subs', ['st.cmd:2:16'], []],
  ['dbLoadTemplate e.subs "" p', ['st.cmd:2:16'], ['st.cmd:2:16']],
  ['dbLoadTemplate sub/e.subs', ['st.cmd:2:16'], ['st.cmd:2:16']],
  ['dbLoadTemplate other.subs "" p', ['other.subs:1:6'], ['other.subs:1:6']],
  ["dbLoadTemplate '$(F)'", ['st.cmd:2:16'], ['st.cmd:2:16']],
  ["dbLoadTemplate '${F}.subs'", [], []],
])('where dbLoadTemplate looks for files before and since base 7.0.10: %s', (line, old, now) => {
  const template = 'file t.db { {A=1} }\n'
  const files = {
    ...{ 'st.cmd': `epicsEnvSet EPICS_DB_INCLUDE_PATH e\n${line}\n`, 'e/t.db': '', 'p/u.db': '' },
    ...{ 'here.subs': template, 'p/p.subs': template, 'e/e.subs': template },
    ...{ 'other.subs': 'file u.db { {A=1} }\n', 'e/sub/e.subs': '', '${F}.subs': '' },
  }
  const missing = (...version: number[]) =>
    found({ files, environment: { F: 'here.subs' }, version })
  expect(missing(7, 0, 9)).toEqual(old.map((place) => `FILE_NOT_FOUND ${place}`))
  expect(missing(7, 0, 10)).toEqual(now.map((place) => `FILE_NOT_FOUND ${place}`))
})

test.each([
  ['# a \\\nrequire asyn\n', ['SHELL_SYNTAX st.cmd:1:1']],
  ['# a \\\n# b \\\n\\\n< c\n', ['SHELL_SYNTAX st.cmd:1:1']],
  ['# dbLoadRecords("a.db", \\\n  "P=x")\n# b \\\n# c\n# d \\\n\n', []],
])('a comment that takes commands away, since base 7.0.10: %j', (text, expected) => {
  expect(found({ files: { 'st.cmd': text }, version: [7, 0, 10] })).toEqual(expected)
  expect(found({ files: { 'st.cmd': '# a \\\ndbl\n' }, version: [7, 0, 9] })).toEqual([])
})

test('variables of a module come from require alone', () => {
  const { diagnostics } = walkOf({
    files: { 'st.cmd': 'moduleCommand 1\n< $(asyn_DIR)x\n< $(OTHER)x\n' },
  })
  expect(diagnostics.map(({ severity, hint }) => [severity, hint?.split(':')[0]])).toEqual([
    ['error', 'require asyn in front of this line'],
    ['warning', 'give a value'],
  ])
})

test.each([
  ["dbLoadRecords '$(NO)/a.db'\n", ['error MACRO_UNDEFINED st.cmd:1:15']],
  ['dbLoadTemplate a.subs\n', ['error MACRO_UNDEFINED a.subs:1:6']],
  ['moduleCommand 1\ndbLoadTemplate a.subs\n', ['warning MACRO_UNDEFINED a.subs:1:6']],
  ['drvAsynIPPortConfigure L0 h:1\ndbLoadTemplate a.subs\n', ['error MACRO_UNDEFINED a.subs:1:6']],
  ['dbLoadTemplate a.subs NO=1\n', ['error MACRO_UNDEFINED a.subs:1:6']],
  ['epicsEnvSet NO db\ndbLoadTemplate a.subs\n', []],
])('file names that the environment does not complete: %j', (script, expected) => {
  const files = { 'st.cmd': script, 'a.subs': 'file "$(NO)/a.db" { {A=1} }\n', 'db/a.db': '' }
  const { diagnostics } = walkOf({ files })
  expect(
    diagnostics.map(({ severity, code, at }) => `${severity} ${code} ${at ? formatPlace(at) : ''}`),
  ).toEqual(expected)
})

test.each([
  ['moduleCommand 1\n< $(CALIB_DIR)x\n', 'warning'],
  ['require asyn\nmoduleCommand 1\n< $(CALIB_DIR)x\n', 'error'],
])('a variable in capitals is no module where nothing is required: %j', (script, severity) => {
  const { diagnostics } = walkOf({ files: { 'st.cmd': script } })
  expect(diagnostics.filter(({ code }) => code === 'MACRO_UNDEFINED')).toMatchObject([{ severity }])
})

test('after a program has run, files may be there that we do not see', () => {
  const { diagnostics } = walkOf({ files: { 'st.cmd': 'system "make"\ndbLoadRecords x.db\n' } })
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning'])
})

test.each([
  ['a macro that a module may set', 'moduleCommand 1\necho $(X)\n'],
  ['a script that a program may make', 'system "make"\n< made.cmd\n'],
  ['output into a directory that a program may make', 'system "make"\ndbl > d/log\n'],
  ['one that iocshLoad names', 'system "make"\niocshLoad made.cmd\n'],
])('a line that may work in the IOC does not end the script: %s', (_what, lines) => {
  for (const mode of ['break', 'halt', 'wait 1']) {
    const outcome = walkOf({ files: { 'st.cmd': `on error ${mode}\n${lines}iocInit\n` } })
    expect(outcome.diagnostics.map(({ severity }) => severity)).toEqual(['warning'])
    expect(outcome.initialised).toBe(true)
  }
})

test.each([
  'echo $(X)\n',
  '""\n',
  '""\necho $(X)\n',
  'iocshLoad no.cmd\n',
  'iocshLoad $(X) "Y=$(Z)"\n',
])('a line that fails for sure ends the script: %j', (line) => {
  const text = `on error break\n${line}iocInit\n`
  expect(walkOf({ files: { 'st.cmd': text } }).initialised).toBe(false)
})

test.each(['iocshLoad b.cmd', 'iocshCmd "< no.cmd"', 'iocshRun "< no.cmd"', '< b.cmd'])(
  'errors of scripts are handed on since base 7.0.9: %s',
  (line) => {
    const files = {
      'st.cmd': `on error break\n${line}\niocInit\n`,
      'b.cmd': 'on error break\n""\n',
    }
    const runs = (...version: number[]) => walkOf({ files, version }).initialised
    expect([runs(7, 0, 9), runs(7, 0, 8)]).toEqual([false, !line.startsWith('<')])
  },
)

test('the chain of lines that loaded a script goes with the place', () => {
  const { diagnostics } = walkOf({
    files: { 'st.cmd': '\niocshLoad a.cmd\n', 'a.cmd': '< b.cmd\n', 'b.cmd': 'require $(X)\n' },
  })
  const chain: string[] = []
  for (let link = diagnostics[0]?.at; link; link = link.from?.at) chain.push(formatPlace(link))
  expect(chain).toEqual(['b.cmd:1:9', 'a.cmd:1:1', 'st.cmd:2:1'])
})

test.each<[string, string, boolean]>([
  ['a call', 'iocInit\n', true],
  ['with brackets', 'iocInit()\n', true],
  ['indented', '  iocInit\n', true],
  ['iocBuild', 'iocBuild\niocRun\n', true],
  ['a comment', '# iocInit\n', false],
  ['switched off', '$(X=#) iocInit\n', false],
  ['in quotes', 'echo "iocInit"\n', false],
  ['in a nested script', '< init.cmd\n', true],
  ['by iocshRun', 'iocshRun "iocInit"\n', true],
  ['behind exit', 'exit\niocInit\n', false],
  ['behind a line of separators', ',\niocInit\n', false],
  ['unfinished last line', 'iocInit', true],
])('knows whether iocInit runs: %s', (_what, text, expected) => {
  const files = { 'st.cmd': text, 'init.cmd': 'iocInit\n' }
  expect(walkOf({ files }).initialised).toBe(expected)
})

test('requests come from all scripts, with macros', () => {
  const files = {
    'st.cmd': 'epicsEnvSet V 4.42.0\nrequire asyn,$(V)\niocshLoad a.cmd "M=stream"\n',
    'a.cmd': 'require $(M)\nrequire calc ifexists\nrequire old none\n',
  }
  expect(
    walkOf({ files }).requests.map(({ module, version, optional, at: place }) => [
      module,
      version.kind === 'any' ? '' : version.version.text,
      optional ?? false,
      place && formatPlace(place),
    ]),
  ).toEqual([
    ['asyn', '4.42.0', false, 'st.cmd:2:9'],
    ['stream', '', false, 'a.cmd:1:9'],
    ['calc', '', true, 'a.cmd:2:9'],
  ])
})

test('a resolved module sets its variables for the lines behind it', () => {
  const files = {
    'st.cmd': 'require asyn\niocshLoad "$(asyn_DIR)x.iocsh"\nrequire asyn\n',
    '/m/asyn/1.0.0/x.iocsh': 'require calc\n',
  }
  const modules = [moduleOf('asyn'), moduleOf('calc')]
  const outcome = walkOf({ files, modules })
  expect(outcome.diagnostics).toEqual([])
  expect(outcome.loaded.map(({ name }) => name)).toEqual(['asyn', 'calc'])
  const steps = [...outcome.edits.values()].flatMap((lines) =>
    [...lines].map(([number, edit]) => [
      number,
      edit.kind === 'require' && edit.steps.map(({ isNew }) => isNew),
    ]),
  )
  expect(steps).toEqual([
    [1, [true]],
    [3, [false]],
    [1, [true]],
  ])
})

test('exit on the command line ends the startup script', () => {
  const command = (text: string): Action => ({ kind: 'command', text, at })
  const outcome = walkOf({ files: {}, actions: [command('exit'), command('iocInit')] })
  expect(outcome.initialised).toBe(false)
  expect(outcome.runs).toHaveLength(1)
})

test('a line of separators on the command line ends the startup script, too', () => {
  const command = (text: string): Action => ({ kind: 'command', text, at })
  const outcome = walkOf({ files: {}, actions: [command('( )'), command('iocInit')] })
  expect(outcome).toMatchObject({ initialised: false, exits: true })
})

test.each([
  ['cd sub\n', 0],
  ['system "mkdir new"\ncd new\n', 1],
])(
  'files are meant from where the command was typed, whatever cd a script before did: %j',
  (text, warnings) => {
    const second: Action = { ...start, path: 'next.cmd' }
    const files = { 'st.cmd': text, 'next.cmd': 'require asyn\n', 'sub/x': '' }
    const outcome = walkOf({ files, actions: [start, second] })
    expect(outcome.diagnostics).toHaveLength(warnings)
    expect(outcome.runs.at(-1)?.source.text).toContain("iocshLoad '/here/next.cmd'")
  },
)

test.each([
  ['prog P=1', 'seq prog P=1'],
  ['prog P=1,R=$(X), S=', 'seq prog "P=1,R=$(X), S="'],
  [`prog 'P=1,R=2'`, `seq prog 'P=1,R=2'`],
  ['prog "P=1,R=2" 4000', 'seq prog "P=1,R=2" 4000'],
  ['&prog,"P=1"', 'seq &prog,"P=1"'],
])('a sequencer program waits for iocInit: %s', (text, line) => {
  const actions: Action[] = [{ kind: 'sequencer', text, at }]
  const outcome = walkOf({ files: {}, actions, environment: { X: '2' } })
  expect(outcome.initialised).toBe(true)
  expect(outcome.runs.map(({ source }) => source.text)).toEqual(['iocInit\n', `${line}\n`])
})

test('a hierarchy is made flat once for a reader, each line that loads it is told of its mistakes', () => {
  const files = {
    'st.cmd': 'dbLoadRecords a.vdb P=1\ndbLoadRecords a.vdb P=2\ndbLoadRecords bad.vdb\n',
    'a.vdb': 'record(ai, "$(P)") {}',
    'bad.vdb': 'record(ai, "$(i.p)") {}',
  }
  const { events, diagnostics } = walkOf({ files })
  const flat = events.flatMap((event) => (event.kind === 'load' ? event.file.flat : []))
  expect(flat.map((source) => source?.name)).toEqual(['a.vdb', 'a.vdb', undefined])
  expect(flat[0]).toBe(flat[1])
  const [wrong] = diagnostics
  expect([...(wrong?.at ? originsOf(wrong.at) : [])].map(({ at }) => formatPlace(at))).toEqual([
    'st.cmd:3:15',
  ])
})

describe('-r is a line of the IOC shell', () => {
  const environment: Action[] = [
    { kind: 'environment', name: 'V', value: '1.0.0', at },
    { kind: 'environment', name: 'R', value: 'a > log', at },
  ]
  test.each<[string, string[], string[]]>([
    ['a', ['a,any'], []],
    ['a,1.0.0', ['a,1.0.0'], []],
    [' a , 1.0.0 ', ['a,1.0.0'], []],
    ['a,$(V)', ['a,1.0.0'], []],
    ['a,${W=2.0.0}', ['a,2.0.0'], []],
    ['a,"1.0.0"', ['a,1.0.0'], []],
    ["a,'$(V)'", [], ['VERSION_INVALID']],
    ['a,$(W)', [], ['REQUIRE_UNKNOWN']],
    ["a'", [], ['SHELL_SYNTAX']],
    ['a>=1.0.0', ['a,any'], ['REQUIRE_MALFORMED']],
    ['a >1.0.0', ['a,any'], ['REQUIRE_MALFORMED']],
    ['a > log', ['a,any'], ['REQUIRE_MALFORMED']],
    ['a < log', ['a,any'], ['REQUIRE_MALFORMED']],
    ['a 2>> log', ['a,any'], ['REQUIRE_MALFORMED']],
    ['> log', [], ['REQUIRE_MALFORMED', 'REQUIRE_MALFORMED']],
    ['$(R)', ['a,any'], ['REQUIRE_MALFORMED']],
    ['a "> log"', [], ['VERSION_INVALID']],
    ['a # b', [], ['VERSION_INVALID']],
    ['', [], ['REQUIRE_MALFORMED']],
    ['# a', [], ['MODULE_NAME_INVALID']],
  ])('%j', (text, requests, codes) => {
    const outcome = walkOf({ files: {}, actions: [...environment, { kind: 'require', text, at }] })
    const asked = outcome.requests.map(
      ({ module, version }) => `${module},${formatVersionRequest(version) || 'any'}`,
    )
    expect(asked).toEqual(requests)
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(codes)
  })

  test('of which there is only one', () => {
    const reader = sourcesOf({})
    const { value, diagnostics } = partsOf([{ kind: 'require', text: 'a\nexit', at }], {
      ...{ cwd: '/here', reader },
    })
    expect(value.map(({ source }) => source.text)).toEqual([''])
    expect(diagnostics.map(({ code }) => code)).toEqual(['VALUE_NOT_WRITABLE'])
  })
})
