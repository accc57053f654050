import { existsSync, readdirSync, symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { iocsh, launchEnvironment, newWorkspace } from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { testBase } from '../../support/machine.ts'
import { start, stopAll } from '../../support/process.ts'
import { runE3 } from '../../support/run-e3.ts'

const base = testBase()
const workspace = newWorkspace()
let tree = ''
beforeAll(async () => {
  if (base) tree = await buildLaunchModules(workspace, base)
})
afterAll(() => {
  stopAll()
  workspace.remove()
})

const uninstall = (...args: string[]) =>
  runE3(['uninstall', ...args], {
    cwd: workspace.directory,
    env: { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: tree, XDG_RUNTIME_DIR: workspace.runtime },
  })

describe.skipIf(base === undefined)('e3 uninstall', () => {
  test('a version that nobody needs is gone', async () => {
    const { stdout, stderr, status } = await uninstall('alpha', '2.0.0+0')
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toBe(`removed alpha 2.0.0+0 from ${tree}\n`)
    expect(readdirSync(`${tree}/alpha`).sort()).toEqual(['1.0.0+0', '1.0.0+1'])
  })

  test.each([
    ['alpa', '1.0.0+0', 'did you mean "alpha"?'],
    ['alpha', '3.0.0', '1.0.0+1, 1.0.0+0\n'],
    ['alpha', '1.0.0+2', 'did you mean "1.0.0+'],
  ])('%s %s is not there', async (module, version, words) => {
    const { stderr, status } = await uninstall(module, version)
    expect(stderr).toContain(`error[REQUIRE_NOT_FOUND]: ${module} ${version} is not installed in`)
    expect(stderr).toContain(words)
    expect(status).toBe(1)
  })

  test('one that a module pins stays: file and line of the pin', async () => {
    const refused = await uninstall('beta,1.0.0+0')
    expect(refused.stderr).toContain('error[MODULE_IN_USE]: beta 1.0.0+0 is needed')
    expect(refused.stderr).toMatch(
      /gamma\.dep:2:1: gamma 1\.0\.0\+0 for \S+ asks for beta 1\.0\.0\+0/,
    )
    expect(refused.status).toBe(1)
    expect(existsSync(`${tree}/beta/1.0.0+0`)).toBe(true)
    const forced = await uninstall('--force', 'beta', '1.0.0+0')
    expect(forced.stderr).toContain('warning[MODULE_IN_USE]')
    expect(forced.status).toBe(0)
    expect(existsSync(`${tree}/beta/1.0.0+0`)).toBe(false)
  })

  test('one that a module cannot do without, though another revision is there', async () => {
    const dep = (module: string, version: string, text = '') => ({
      [`pins/${module}/${version}/lib/linux-x86_64/${module}.dep`]: text,
    })
    workspace.write({
      ...dep('low', '1.0.0'),
      ...dep('low', '2.0.0'),
      ...dep('middle', '1.0.0', 'low 1.0.0\n'),
      ...dep('middle', '1.0.0+0', 'low 2.0.0\n'),
      ...dep('high', '1.0.0', 'low 1.0.0\nmiddle 1.0.0\n'),
    })
    const pins = workspace.path('pins')
    const refused = await uninstall('--prefix', pins, 'middle', '1.0.0')
    expect(refused.stderr).toMatch(
      /high\.dep:2:1: high 1\.0\.0 for \S+ cannot be loaded with another version of middle/,
    )
    expect(refused.status).toBe(1)
    expect((await uninstall('--prefix', pins, 'middle', '1.0.0+0')).status).toBe(0)
  })

  test('one that an IOC on this host runs with, also without a library', async () => {
    const env = await launchEnvironment(workspace)
    const ioc = start(iocsh, ['-l', tree, '-r', 'proto', '-r', 'alpha', '-S'], { env })
    await ioc.until(/All initialization complete/)
    for (const module of ['proto,1.0.0+0', 'alpha,1.0.0+1']) {
      const { stderr, status } = await uninstall(module)
      expect(stderr).toMatch(/the IOC LAB:TEST runs with it \(pid \d+\)/)
      expect(status).toBe(1)
    }
    ioc.child.kill('SIGTERM')
    await ioc.ended
    expect((await uninstall('proto', '1.0.0+0')).status).toBe(0)
    expect(existsSync(`${tree}/proto`)).toBe(false)
  })

  test('a link is removed, not what it leads to', async () => {
    symlinkSync('1.0.0+0', `${tree}/alpha/stable`)
    const refused = await uninstall('alpha', '1.0.0+0')
    expect(refused.stderr).toContain('the link stable is another name of it')
    const { stdout } = await uninstall('alpha', 'stable')
    expect(stdout).toBe(`removed the link alpha/stable from ${tree}\n`)
    expect(existsSync(`${tree}/alpha/1.0.0+0`)).toBe(true)
  })

  test.each([
    ['a version that is not there', ['alpha', '1.0.0'], 'REQUIRE_NOT_FOUND', 1],
    ['no version', ['alpha'], 'OPTION_VALUE', 2],
    ['no name', ['../alpha', '1.0.0+0'], 'MODULE_NAME_INVALID', 2],
    ['an empty --prefix', ['--prefix', '', 'alpha', '1.0.0+0'], 'TREE_UNKNOWN', 3],
    ['an empty --cell', ['--cell=', 'alpha', '1.0.0+0'], 'TREE_UNKNOWN', 3],
    ['no tree', ['--prefix', '/no/tree', 'alpha', '1.0.0+0'], 'TREE_UNKNOWN', 3],
  ])('%s', async (_title, args, code, status) => {
    const ended = await uninstall(...args)
    expect(ended.stderr).toContain(`error[${code}]`)
    expect(ended.status).toBe(status)
  })
})
