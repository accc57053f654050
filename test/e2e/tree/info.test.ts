import { existsSync, symlinkSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { newWorkspace } from '../../support/launch.ts'
import { exampleModules, testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'

const workspace = newWorkspace()
afterAll(workspace.remove)
const info = (args: readonly string[], env = {}) =>
  runE3(['info', ...args], {
    cwd: workspace.directory,
    env: { EPICS_DRIVER_PATH: exampleModules, E3_SITEMODS_PATH: '', ...env },
  })

describe.skipIf(testBase() === undefined)('e3 info', () => {
  test('what a module brings, needs and is needed by', async () => {
    const { stdout, stderr, status } = await info(['simdevice'])
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toContain('simdevice 1.0.0+0\n')
    expect(stdout).toContain('required by\n  simramp 1.1.0+0\n')
    expect(stdout).toMatch(/\n {2}ai {2}Sim Device\n/)
    expect(stdout).toContain("commands\n  simdeviceConfigure port 'tau in s' 'noise in C'\n")
    expect(stdout).toMatch(/templates\n {2}simdevice\.template {2}P R PORT MAX=200\n/)
    expect(stdout).toMatch(/snippets\n {2}simdevice\.iocsh {2}PORT TAU=5 /)
  })

  test('only the own commands, not those of what it needs', async () => {
    const { stdout } = await info(['simramp,1.1.0', '--format', 'json'])
    const { commands, requires } = JSON.parse(stdout)
    expect(commands.map(({ name }: { name: string }) => name)).toEqual([
      'simrampConfigure',
      'simrampReport',
    ])
    expect(requires).toEqual([{ module: 'simdevice', version: '1.0.0+0' }])
  })

  test.each([
    ['1.0.0', '1.0.0'],
    ['1.0.0+1', '1.0.0+1'],
    ['2.0.0', '2.0.0+1'],
    ['prod', '1.0.0'],
  ])('of %s it is %s that is shown', async (asked, shown) => {
    for (const version of ['1.0.0', '1.0.0+1', '2.0.0+0', '2.0.0+1']) {
      workspace.write({ [`tree/plain/${version}/lib/linux-x86_64/plain.dep`]: '' })
    }
    const link = workspace.path('tree/plain/prod')
    if (!existsSync(link)) symlinkSync('1.0.0', link)
    const { stdout } = await info(['-l', 'tree', `plain,${asked}`])
    expect(stdout).toContain(`plain ${shown}\n  directory `)
  })

  test('of a tree of PSI each base that it is built for', async () => {
    const levels = ['R7.0.7', 'R7.0'].map((level) => `tree/psi/1.0.0/${level}/lib/linux-x86_64`)
    workspace.write(Object.fromEntries(levels.map((folder) => [`${folder}/psi.dep`, ''])))
    const { stdout } = await info(['-l', 'tree', 'psi'])
    expect(stdout).toMatch(/ built for +R7.0\/linux-x86_64 R7.0.7\/linux-x86_64\n/)
  })

  test.each([
    ['a version that is not there', ['simdevice,9.0.0'], 'REQUIRE_NOT_FOUND', 1],
    ['no name', ['a/b'], 'MODULE_NAME_INVALID', 2],
    ['a base that is none', ['simdevice', '--base', '/no/base'], 'BASE_UNUSABLE', 3],
  ])('%s', async (_title, args, code, status) => {
    const ended = await info(args)
    expect(ended.stderr).toContain(`error[${code}]`)
    expect(ended.status).toBe(status)
  })
})

test('no base: the library is looked into', async () => {
  const none = { EPICS_BASE: '', CONDA_PREFIX: '', XDG_DATA_HOME: workspace.directory }
  const { stdout, status } = await info(['simramp'], none)
  expect(stdout).toContain('simrampReport')
  expect(status).toBe(0)
})
