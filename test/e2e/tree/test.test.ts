import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildModule } from '../../support/build-module.ts'
import { buildStage } from '../../support/built-module.ts'
import { newWorkspace } from '../../support/launch.ts'
import { testBase } from '../../support/machine.ts'
import { processesIn } from '../../support/processes-in.ts'
import { runE3, startE3 } from '../../support/run-e3.ts'

const base = testBase()
const workspace = newWorkspace()
const folder = workspace.path('e3-alpha')
beforeAll(async () => {
  if (base) await buildStage(folder, { name: 'alpha', version: 'mytest', base })
  workspace.write({
    'e3-alpha/test/a.cmd': 'alphaHello\ndbLoadRecords("test/a.db")\n',
    'e3-alpha/test/a.db': 'record(ai, "LAB:A") {}\n',
    'e3-alpha/test/notes.txt': 'not run',
  })
})
afterAll(workspace.remove)

const e3testWith = (env: Readonly<Record<string, string>>, args: readonly string[]) =>
  runE3(['test', ...args], {
    cwd: workspace.directory,
    env: {
      ...{ EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '', XDG_RUNTIME_DIR: workspace.runtime },
      ...{ IOCNAME: 'LAB:TEST', ...env },
    },
  })
const e3test = (...args: string[]) => e3testWith({}, args)
const cells = () => readdirSync(tmpdir()).filter((name) => name.startsWith('e3-test-'))

describe.skipIf(base === undefined)('e3 test', () => {
  test('an IOC with the module, and one for each script in test', async () => {
    const before = cells()
    const { stdout, status } = await e3test('e3-alpha', '--no-build', '--log', 'log.txt')
    expect(stdout).toContain('alpha mytest')
    expect(stdout).toContain('test/a.cmd')
    expect(stdout).not.toContain('notes')
    expect(status).toBe(0)
    expect(readFileSync(workspace.path('log.txt'), 'utf8')).toContain('\nalpha mytest\n')
    expect(cells().filter((name) => !before.includes(name))).toEqual([])
  })

  test.each([
    ['mytest+7', '-l'],
    ['mytest', '-l'],
    ['mytest+7', 'E3_SITEMODS_PATH'],
    ['mytest+7', 'EPICS_DRIVER_PATH'],
  ])('the module that was built, though %s is in a tree of %s', async (other, origin) => {
    const tree = workspace.path(`tree-${other}`)
    if (base && !existsSync(tree)) {
      await buildModule({ root: tree, base, name: 'alpha', version: other })
      await buildModule({ root: tree, base, name: 'beta', version: '1.0.0' })
    }
    workspace.write({ 'e3-alpha/test/a.cmd': 'require beta\nalphaHello\nbetaHello\n' })
    const words = ['e3-alpha', '--no-build', '--log', 'log.txt']
    const { stdout, status } =
      origin === '-l'
        ? await e3test(...words, '-l', tree)
        : await e3testWith({ [origin]: tree }, words)
    expect(stdout).toContain('ok   test/a.cmd')
    expect(status).toBe(0)
    const log = readFileSync(workspace.path('log.txt'), 'utf8')
    expect(log).toContain("/cell/alpha/mytest/'\n")
    expect(log).not.toContain(`${tree}/alpha`)
    expect(log).toContain('\nbeta 1.0.0\n')
  })

  test('a script that fails', async () => {
    workspace.write({ 'e3-alpha/test/b.cmd': 'betaHello\n' })
    const { stdout, stderr, status } = await e3test('e3-alpha', '--no-build')
    expect(stdout + stderr).toContain('COMMAND_UNKNOWN')
    expect(status).toBe(1)
  })

  test('a build that fails is a failure in the report files', async () => {
    workspace.write({ 'broken/module.yaml': 'name: broken\nversion: 1.0.0\nsources: [a.c]\n' })
    workspace.write({ 'broken/a.c': 'int a = ;\n' })
    const files = ['--junit', 'broken.xml', '--log', 'broken.log']
    const { stderr, status } = await e3test('broken', ...files)
    expect(status).toBe(1)
    const code = /error\[(\w+)\]/.exec(stderr)?.[1]
    const xml = readFileSync(workspace.path('broken.xml'), 'utf8')
    expect(xml).toContain('<testsuites name="e3 smoke" tests="1" failures="1" ')
    expect(xml).toContain(`<testcase name="build" classname="broken" time="0">
      <failure type="${code}"`)
    expect(readFileSync(workspace.path('broken.log'), 'utf8')).toContain(`error[${code}]`)
  })

  test('so is a base that cannot be used, and a signal that ends the build', async () => {
    await e3test('e3-alpha', '--base', '/nowhere', '--junit', 'base.xml')
    expect(readFileSync(workspace.path('base.xml'), 'utf8')).toContain(
      '<failure type="BASE_UNUSABLE"',
    )
    workspace.write({ 'slow/module.yaml': 'name: slow\nversion: 1.0.0\nsources: [a.c]\n' })
    workspace.write({ 'slow/a.c': '#include "a.fifo"\n' })
    execFileSync('mkfifo', [workspace.path('slow/a.fifo')])
    const e3 = startE3(['test', 'slow', '--junit', 'slow.xml'], { cwd: workspace.directory })
    const building = new Promise((resolve) => e3.process.stderr?.once('data', resolve))
    await building
    e3.process.kill('SIGTERM')
    expect(await e3.ended).toMatchObject({ signal: 'SIGTERM' })
    await expect.poll(() => processesIn(workspace.path('slow'))).toEqual([])
    expect(readFileSync(workspace.path('slow.xml'), 'utf8')).toContain(
      '<failure type="SMOKE_INTERRUPTED" message="slow is not tested: ',
    )
  })
})

test('sources that have changed are built first', async () => {
  const recipe = (version: string) =>
    workspace.write({
      'fresh/module.yaml': `name: fresh\nversion: ${version}\ntemplates: "*.db"\n`,
      'fresh/a.db': 'record(ai, "LAB:A") {}\n',
    })
  recipe('first')
  await e3test('fresh')
  recipe('second')
  const { stdout, stderr, status } = await e3test('fresh')
  expect(stderr).toContain('built fresh second for ')
  expect(stdout).toContain('fresh second')
  expect(status).toBe(0)
})

test('what is no module', async () => {
  const { stderr, status } = await e3test('.')
  expect(stderr).toContain('error[')
  expect(status).toBe(1)
})
