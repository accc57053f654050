import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newWorkspace } from '../../support/launch.ts'
import { exampleModules } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'

const workspace = newWorkspace()
afterAll(workspace.remove)
const noSite = { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '' }
const list = (args: readonly string[], env = {}) =>
  runE3(['list', ...args], { cwd: workspace.directory, env: { ...noSite, ...env } })

test('the modules of all roots, the newest version of each', async () => {
  const { stdout, stderr, status } = await list(['-l', exampleModules])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^module +newest +versions +root$/),
    expect.stringMatching(/^simdevice +1\.0\.0\+0 +1 +\S+$/),
    expect.stringMatching(/^simramp +1\.1\.0\+0 +1 +\S+$/),
    '',
  ])
})

test('versions of modules by name and pattern; a link is another name', async () => {
  const tree = workspace.path('modules')
  mkdirSync(join(tree, 'asyn/1.0.0/lib/linux-arm'), { recursive: true })
  symlinkSync('1.0.0', join(tree, 'asyn/stable'))
  const { stdout, stderr, status } = await list(['-l', exampleModules, '-l', tree, 'asyn', 'simd*'])
  expect(stdout).toMatch(/^ {3}stable +- +\S+ +another name of 1\.0\.0$/m)
  expect(stdout).toMatch(/^\* +1\.0\.0\+0 +\S+ +\S+\/build\/modules$/m)
  expect(stderr).toContain('warning[MODULE_ARCH_MISSING]')
  expect(status).toBe(0)
})

test.each([
  [['--level', '1', 'lamp'], []],
  [
    ['--level', '2', 'lamp'],
    ['  db/', '  latest -> db', '  lib/'],
  ],
  [
    ['--level', '3'],
    ['  db/', '    lamp.db', '  latest -> db', '  lib/', '    any/'],
  ],
])('what is in the versions: %j', async (args, expected) => {
  const tree = workspace.path('lamps')
  const place = join(tree, 'lamp/1.0.0')
  mkdirSync(join(place, 'lib/any'), { recursive: true })
  workspace.write({ 'lamps/lamp/1.0.0/db/lamp.db': '' })
  rmSync(join(place, 'latest'), { force: true })
  symlinkSync('db', join(place, 'latest'))
  const { stdout } = await list(['-l', tree, ...args])
  const [, ...lines] = stdout.trimEnd().split(`\n${place}\n`)
  expect(lines.flatMap((text) => text.split('\n'))).toEqual(expected)
})

test('json: an object a line', async () => {
  const { stdout } = await list(['-l', exampleModules, '--all', '--format', 'json'])
  const rows = stdout.trimEnd().split('\n')
  expect(rows.map((line) => JSON.parse(line).module)).toEqual(['simdevice', 'simramp'])
})

test.each([
  ['a module that is not there', ['-l', exampleModules, 'simdevise'], 'MODULE_NOT_FOUND', 1],
  ['a pattern that fits nothing', ['-l', exampleModules, 'x*'], 'NOTHING_FOUND', 1],
  ['no tree at all', [], 'TREE_UNKNOWN', 3],
  ['levels of json', ['-l', exampleModules, '--level', '2', '--format', 'json'], 'OPTION_VALUE', 2],
])('%s', async (_title, args, code, status) => {
  const ended = await list(args)
  expect(ended.stderr).toContain(`error[${code}]`)
  expect(ended.status).toBe(status)
})

test('a root of the environment that is not there is worth a warning', async () => {
  const ended = await list([], { EPICS_DRIVER_PATH: `/no/such/tree:${exampleModules}` })
  expect(ended.stderr).toContain('warning[MODULE_PATH_NOT_FOUND]')
  expect(ended.stdout).toContain('simdevice')
  expect(ended.status).toBe(0)
})
