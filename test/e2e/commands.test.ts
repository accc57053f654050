import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandRules } from '../../src/check/commands/rules.ts'
import { type CommandStep, commandSteps } from '../../src/check/commands/steps.ts'
import { loadIoc } from '../../src/check/load/ioc.ts'
import { type BaseInstallation, locateBase } from '../../src/host/base/locate.ts'
import { commandProviders } from '../../src/host/command-providers.ts'
import { askCommands } from '../../src/host/command-table.ts'
import { knownCommands } from '../../src/host/known-commands.ts'
import { createLibraryFiles } from '../../src/host/library-files.ts'
import { siteOf } from '../../src/host/site.ts'
import { createSourceReader } from '../../src/host/source-reader.ts'
import { createTreeReader } from '../../src/host/tree-reader.ts'
import { checkLibraries } from '../../src/modules/check/library-check.ts'
import { fileFormats } from '../../src/startup/file-formats.ts'
import { checkModules, surveyIoc } from '../../src/startup/survey.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { buildModule } from '../support/build-module.ts'
import { shortForm } from '../support/checked-script.ts'
import { launch, newWorkspace, plain, type Workspace } from '../support/launch.ts'
import { testBase } from '../support/machine.ts'

const directory = testBase()

/** A port that only has a name, as a driver's configure command makes it. */
const driver = `
#include <iocsh.h>
#include <epicsExport.h>
#include <epicsStdio.h>
static const iocshArg portName = {"portName", iocshArgString};
static const iocshArg channels = {"no of channels", iocshArgInt};
static const iocshArg *const args[] = {&portName, &channels};
static const iocshFuncDef definition = {"simConfigure", 2, args, "Makes a port.\\n"};
static void configure(const iocshArgBuf *args) {
    printf("port %s, %d channels\\n", args[0].sval, args[1].ival);
}
static void simRegistrar() { iocshRegister(&definition, configure); }
epicsExportRegistrar(simRegistrar);
`

describe.skipIf(!directory)('commands of a real IOC', () => {
  let workspace: Workspace
  let base: BaseInstallation
  const cache = () => ({ XDG_CACHE_HOME: workspace.path('cache') })

  beforeAll(async () => {
    workspace = newWorkspace({ 'a.db': 'record(ai, "A") {}\n', 'a.acf': 'ASG(DEFAULT)\n' })
    const located = locateBase({ env: { EPICS_BASE: directory }, cwd: '/' }).value
    if (!located) throw new Error('no base')
    base = located
    const root = workspace.path('modules')
    const sources = { 'sim.cpp': driver }
    const dbd = 'registrar(simRegistrar)\nvariable(simDebug, int)\n'
    const variable = `${driver}\nint simDebug = 0;\nepicsExportAddress(int, simDebug);\n`
    await buildModule({
      root,
      name: 'sim',
      version: '1.0.0+0',
      base: directory ?? '',
      dbd,
      sources: { 'sim.cpp': variable },
    })
    await buildModule({
      root,
      name: 'plain',
      version: '1.0.0+0',
      base: directory ?? '',
      dbd: 'registrar(simRegistrar)\n',
      sources,
      registration: false,
    })
  })
  afterAll(() => workspace.remove())

  const environment = () =>
    new Map(Object.entries({ ...process.env, EPICS_DRIVER_PATH: '' }).map(([k, v]) => [k, v ?? '']))

  /** What a script does, and the steps that bring commands. */
  function survey(script: string) {
    workspace.write({ 'st.cmd': script })
    const cwd = workspace.directory
    const env = { EPICS_DRIVER_PATH: workspace.path('modules') }
    const { value: site } = siteOf({
      ...{ env, cwd, modulePaths: [], reader: createTreeReader() },
      architecture: base.arch,
    })
    const reader = createSourceReader(cwd)
    const source = { name: '<command line>', text: 'iocsh st.cmd' }
    const at = { source, start: 6, end: 12 }
    const actions = [{ kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at }] as const
    const { outcome } = surveyIoc({
      formats: () => fileFormats,
      request: { actions, init: true },
      ...{ base, site, reader, environment: environment(), cwd, iocName: 'TEST' },
    })
    const libraries = createLibraryFiles((path) => readFileSync(path, 'utf8'))
    const question = { base, site, reader, libraries, checkLibraries, environment: environment() }
    const { registrations } = checkModules(question, outcome)
    return { cwd, site, reader, outcome, steps: commandSteps(outcome.events, registrations) }
  }

  const ask = (steps: readonly CommandStep[], executable = base.executable.path, timeout = 20) =>
    askCommands({
      base: { ...base, executable: { path: executable } },
      ...{ steps, timeout, cwd: workspace.directory, env: { ...process.env, ...cache() } },
    })

  /** The findings of all rules about commands. */
  async function check(script: string): Promise<Diagnostic[]> {
    const { outcome, reader, site, steps } = survey(script)
    const { value: table, diagnostics } = await ask(steps)
    const { ioc } = loadIoc({ name: 'st.cmd', outcome, reader, dbd: base.dbd })
    const knowledge = { table, steps, whoHas: commandProviders(site) }
    const rules = commandRules(knowledge, reader)
    return [...diagnostics, ...rules.flatMap((rule) => [...rule(ioc)])]
  }

  /** What the base itself prints for the lines of a script. */
  async function consoleOf(script: string): Promise<string> {
    workspace.write({ 'plain.cmd': script })
    const { stdout, stderr } = await launch(workspace, ['plain.cmd'], {
      program: base.executable.path,
      env: { EPICS_BASE: undefined },
    })
    return plain(stdout + stderr)
  }

  test('base tells its commands with their arguments', async () => {
    const { value, diagnostics } = await ask([])
    expect(diagnostics).toEqual([])
    expect(value.isComplete).toBe(true)
    expect(value.commands.get('dbLoadRecords')).toMatchObject({
      step: 0,
      arguments: [{ name: 'file name' }, { name: 'substitutions', type: 'string' }],
    })
    expect(value.commands.get('callbackSetQueueSize')?.arguments?.[0]?.type).toBe('int')
    expect(value.commands.get('epicsThreadSleep')?.arguments?.[0]?.type).toBe('double')
    expect(value.variables?.has('dbRecordsOnceOnly')).toBe(true)
    const known = [...value.commands.values()].filter((one) => one.arguments)
    expect(known.length).toBeGreaterThan(0.85 * value.commands.size)
  })

  test.each(['sim', 'plain'])('commands of module %s and where they come from', async (module) => {
    const { steps } = survey(`require ${module}\n`)
    const { value } = await ask(steps)
    expect(value.commands.get('simConfigure')).toEqual({
      ...{ name: 'simConfigure', step: 1 },
      arguments: [
        { name: 'portName', type: 'string' },
        { name: 'no of channels', type: 'int' },
      ],
    })
    expect(value.variables?.has('simDebug')).toBe(module === 'sim')
  })

  test('the answer is kept: the IOC is started once', async () => {
    const log = workspace.path('starts')
    const program = workspace.path('counting')
    const text = `#!/bin/sh\necho start >> '${log}'\nexec '${base.executable.path}' "$@"\n`
    writeFileSync(program, text, { mode: 0o755 })
    const first = await ask([], program)
    const second = await ask([], program)
    expect(second.value).toEqual(first.value)
    expect(readFileSync(log, 'utf8')).toBe('start\n')
  })

  test('what the files tell about commands without an IOC', async () => {
    const known = (script: string, executable = base.executable.path) => {
      const { outcome, steps } = survey(script)
      return knownCommands({ base: { ...base, executable: { path: executable } }, outcome, steps })
    }
    const script = 'require sim\nsimConfigure a 1\ndbLoadRecord a.db\nlibComThing 1\n'
    const { commands, isComplete } = known(script)
    expect(commands.get('simConfigure')).toEqual({ name: 'simConfigure', step: 1 })
    expect([commands.has('dbLoadRecord'), commands.has('libComThing')]).toEqual([false, false])
    expect(isComplete).toBe(true)
    // Not in the list of names, but in a library of base.
    expect(known('dbPutAttributes a\ncasStatsFetch\n').commands.has('casStatsFetch')).toBe(true)
    expect(known('foo\n', workspace.path('st.cmd')).isComplete).toBe(false)
    // Every command that the IOC has stands in its files.
    const { value } = await ask(survey('require sim\n').steps)
    const names = [...value.commands.keys()].filter((name) => !['#', 'exit'].includes(name))
    const all = known(`require sim\n${names.map((name) => `${name}\n`).join('')}`)
    expect(names.filter((name) => !all.commands.has(name))).toEqual([])
  })

  test('iocsh says the same before and after e3 check has asked the IOC', async () => {
    workspace.write({ 'twice.cmd': 'require sim\nsimConfigur a 1\nsimConfigure a x\n' })
    const start = () =>
      launch(workspace, ['twice.cmd'], {
        env: { EPICS_BASE: directory, EPICS_DRIVER_PATH: workspace.path('modules'), ...cache() },
      })
    const before = await start()
    await check('require sim\nsimConfigur a 1\n')
    expect(await start()).toEqual(before)
    expect(before).toMatchObject({ status: 1, stdout: '' })
    expect(before.stderr).toMatch(/^twice.cmd:2:1: error\[COMMAND_UNKNOWN\]/)
    expect(before.stderr).toContain('did you mean "simConfigure"?')
  })

  test.each([
    ['var dbRecordOnlyOnce 1', 'VARIABLE_UNKNOWN', 1],
    ['require sim\nvar simDebugg 1', 'VARIABLE_UNKNOWN', 1],
    ['require sim\nvar simDebug 1', '', 0],
    ['var dbRecordsOnceOnly abc', 'ARGUMENT_TYPE', 1],
    ['callbackSetQueueSize abc', 'ARGUMENT_TYPE', 1],
    ['epicsThreadSleep 1s', 'ARGUMENT_TYPE', 1],
    ['epicsThreadSleep 0.001', '', 0],
  ])('iocsh, which asks no IOC: %s', async (line, code, status) => {
    workspace.write({ 'own.cmd': `${line}\n` })
    const ended = await launch(workspace, ['-i', 'own.cmd', '-c', 'exit'], {
      env: { EPICS_BASE: directory, EPICS_DRIVER_PATH: workspace.path('modules') },
    })
    const [, found = ''] = /error\[(\w+)\]/.exec(ended.stderr) ?? []
    expect([found, ended.status], ended.stderr).toEqual([code, status])
  })

  test.each([
    [
      'does not answer',
      '#!/bin/sh\nsleep 1000 &\necho $! > "$0.pid"\nwait\n',
      'no answer within 1 s',
    ],
    ['ends at once', '#!/bin/sh\necho no library\nexit 1\n', 'its last words are "no library"'],
    ['is no program', 'text', ''],
  ])('a program that %s', async (title, text, reason) => {
    const program = workspace.path(title.replaceAll(' ', '-'))
    writeFileSync(program, text)
    chmodSync(program, 0o755)
    const { value, diagnostics } = await ask([], program, 1)
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'info COMMANDS_NOT_ASKED',
    ])
    expect(diagnostics[0]?.message).toContain(reason)
    expect(value.isComplete).toBe(false)
    expect(value.commands.has('dbpf')).toBe(true)
    if (title === 'does not answer') {
      const pid = Number(readFileSync(`${program}.pid`, 'utf8'))
      await expect.poll(() => isAlive(pid)).toBe(false)
    }
  })

  test.each([
    ['dbLoadRecord a.db', 'COMMAND_UNKNOWN', /Command '?dbLoadRecord'? not/],
    ['callbackSetQueueSize abc', 'ARGUMENT_TYPE', /(Invalid|Illegal) integer 'abc'/],
    ['callbackSetQueueSize 99999999999999999999', 'ARGUMENT_TYPE', /out of range/],
    ['epicsThreadSleep 1s', 'ARGUMENT_TYPE', /(Invalid|Illegal) double '1s'/],
    ['registerAllRecordDeviceDrivers base', 'ARGUMENT_TYPE', /Expecting 'pdbbase' got 'base'/],
    ['dbLoadRecords', 'ARGUMENT_MISSING', /Usage: dbLoadRecords|must specify|file name/i],
    ['dbLoadDatabase', 'ARGUMENT_MISSING', /Usage: dbLoadDatabase/],
    ['dbLoadTemplate', 'ARGUMENT_MISSING', /must specify/],
    ['var noSuchVariable 1', 'VARIABLE_UNKNOWN', /No known var|not found/i],
    ['var dbRecordsOnceOnly abc', 'ARGUMENT_TYPE', /Invalid integer(, var| value\. Var)/],
    ['dbLoadRecords a.db\ndbpf A 1', 'COMMAND_TOO_EARLY', /dbpf only works after iocInit/],
    ['dbLoadRecords a.db\ndbgf A', 'COMMAND_TOO_EARLY', /dbgf only works after iocInit/],
    ['dbLoadRecords a.db\ndbtgf A', 'COMMAND_TOO_EARLY', /dbtgf only works after iocInit/],
    ['dbLoadRecords a.db\ndbtpf A 1', 'COMMAND_TOO_EARLY', /dbtpf only works after iocInit/],
    ['dbLoadRecords a.db\ndbtr A', 'COMMAND_TOO_EARLY', /dbtr only works after iocInit/],
    ['scanppl', 'COMMAND_TOO_EARLY', /not initialized/],
    ['scanOnceQueueShow', 'COMMAND_TOO_EARLY', /not initialized/],
    ['callbackQueueShow', 'COMMAND_TOO_EARLY', /not initialized/],
    ['iocInit\ndbpf', 'ARGUMENT_MISSING', /Usage: dbpf/],
    ['iocInit\ndbLoadRecords a.db', 'COMMAND_TOO_LATE', /Records cannot be loaded after iocInit/],
    ['iocInit\ncallbackSetQueueSize 9', 'COMMAND_TOO_LATE', /already initialized/],
    ['iocInit\ncallbackParallelThreads 2', 'COMMAND_TOO_LATE', /already initialized/],
    [
      'iocInit\nasSetFilename a.acf\nasInit',
      'COMMAND_TOO_LATE',
      /Was asSetFilename specified before/,
    ],
  ])('%j: %s, and the IOC complains', async (script, code, complaint) => {
    expect((await check(`${script}\n`)).map((one) => one.code)).toEqual([code])
    expect(await consoleOf(`${script}\nexit\n`)).toMatch(complaint)
  })

  test('afterIocRunning behind iocInit, where the base has it', async () => {
    const isThere = (await ask([])).value.commands.has('afterIocRunning')
    const script = 'iocInit\nafterIocRunning date\n'
    const code = isThere ? 'COMMAND_TOO_LATE' : 'COMMAND_UNKNOWN'
    expect((await check(script)).map((one) => one.code)).toEqual([code])
    const complaint = isThere ? /can only be used before 'iocInit'/ : /afterIocRunning not found/
    expect(await consoleOf(`${script}exit\n`)).toMatch(complaint)
  })

  test.each([
    'dbstat',
    'dbtpn A 1',
    'dbb A',
    'dbc A',
    'dbp A',
    'dbs A',
    'dbel A',
    'dbcar',
    'gft A',
    'pft A 1',
    'tpn A 1',
    'taskwdShow',
  ])('%s before iocInit ends the IOC', async (command) => {
    const script = `dbLoadRecords a.db\n${command}\n`
    expect((await check(script)).map(shortForm)).toEqual(['error COMMAND_TOO_EARLY st.cmd:2:1'])
    expect(await consoleOf(`${script}echo survived\n`)).not.toMatch(/^survived/m)
  })

  test('what is right gives no finding', async () => {
    const script = `require sim
dbLoadRecords("a.db", "A=1,B=2")
epicsEnvSet("A", "1, 2")
callbackSetQueueSize(3000)
simConfigure("P1", 0x10)
var simDebug 1
var dbRecordsOnceOnly 1
dbl > /dev/null
iocInit()
dbpf A 1
dbl "" ""
`
    expect(await check(script)).toEqual([])
  })

  test('a command in front of its module, and one whose module is not required', async () => {
    const [early] = await check('simConfigure P1 1\nrequire sim\n')
    expect(early && shortForm(early)).toBe('error COMMAND_BEFORE_MODULE st.cmd:1:1')
    expect(early?.hint).toContain('require sim')
    const [missing] = await check('simConfigure P1 1\n')
    expect(missing && shortForm(missing)).toBe('error COMMAND_UNKNOWN st.cmd:1:1')
    expect(missing?.notes[0]?.message).toContain('plain 1.0.0+0, sim 1.0.0+0')
  })
})

/** Nobody may wait for the end of a process whose parent has ended: it stays as a zombie. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
