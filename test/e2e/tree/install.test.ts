import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildStage } from '../../support/built-module.ts'
import { launch, newWorkspace } from '../../support/launch.ts'
import { repository, testBase } from '../../support/machine.ts'
import { runE3, startE3 } from '../../support/run-e3.ts'
import { pathsBelow, writeFiles, writeStage } from '../../support/stage.ts'

const base = testBase()
const workspace = newWorkspace()
const source = workspace.path('src/alpha')
const tree = workspace.path('tree')
let arch = ''

beforeAll(async () => {
  workspace.write({ 'tree/.keep': '' })
  if (base) ({ arch } = await buildStage(source, { name: 'alpha', version: '1.0.0+0', base }))
})
afterAll(workspace.remove)

const noSite = { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '' }
const install = (args: readonly string[], env = {}) =>
  runE3(['install', ...args], { cwd: workspace.directory, env: { ...noSite, ...env } })

describe.skipIf(base === undefined)('a module that was built', () => {
  test('is installed once, and an IOC starts with it', async () => {
    const first = await install([source], { E3_SITEMODS_PATH: tree })
    expect(first.stderr).toBe('')
    expect(first.stdout).toBe(`installed alpha 1.0.0+0 for ${arch} in ${tree}/alpha/1.0.0+0\n`)
    const again = await install([source, '--prefix', tree])
    expect(again.stderr).toContain('error[VERSION_INSTALLED]')
    expect(again.stderr).toContain('the next free revision is 1.0.0+1')
    expect(again.status).toBe(1)
    const ioc = await launch(workspace, ['-l', tree, '-r', 'alpha', '-c', 'alphaHello'])
    expect(ioc.stdout).toContain('alpha 1.0.0+0')
  })

  test('what is not built is built, and again for the next revision', async () => {
    const folder = workspace.path('src/simdevice')
    cpSync(join(repository, 'examples/modules/simdevice'), folder, { recursive: true })
    const first = await install([folder, '--prefix', tree])
    expect(first.stdout).toContain('installed simdevice 1.0.0+0 ')
    const next = await install([folder, '--prefix', tree, '--revision', 'auto'])
    expect(next.stdout).toContain('installed simdevice 1.0.0+1 ')
    expect(next.status).toBe(0)
    const { stderr } = await runE3(['tree', 'verify', '-l', tree, 'simdevice'], {
      cwd: workspace.directory,
      env: noSite,
    })
    expect(stderr).toBe('2 versions: nothing wrong\n')
  })

  test('a cell is made where there is none', async () => {
    expect((await install([source, '--cell'])).status).toBe(0)
    expect(existsSync(workspace.path('cellMods/alpha/1.0.0+0'))).toBe(true)
    expect((await install([source, '--cell'], { E3_CELL_PATH: 'mine' })).status).toBe(0)
    expect(existsSync(workspace.path('mine/alpha/1.0.0+0'))).toBe(true)
  })

  test('a library of another version is not installed', async () => {
    const folder = workspace.path('src/beta')
    if (!base) return
    const spec = { name: 'beta', version: '2.0.0', builtAs: '1.0.0', base }
    await buildStage(folder, spec)
    const { stderr, status } = await install([folder, '--prefix', tree])
    expect(stderr).toContain('error[LIBRARY_RELEASE_MISMATCH]')
    expect(stderr).toContain(`${folder}/.e3/${arch}/stage/lib/${arch}/libbeta.so`)
    expect(status).toBe(1)
    expect(existsSync(join(tree, 'beta'))).toBe(false)
  })
})

test.each([
  ['what is not built', ['src', '--arch', 'linux-arm'], 'MODULE_NOT_BUILT', 1],
  ['a stage that is none', ['--stage', 'src'], 'STAGE_INVALID', 1],
  ['a tree that is not there', ['--prefix', 'no/tree'], 'TREE_UNKNOWN', 3],
  ['a tree that cannot be made', ['--cell', '/proc/tree'], 'TREE_UNWRITABLE', 3],
  ['two trees', ['--prefix', 'tree', '--cell'], 'OPTION_VALUE', 2],
  ['two stages', ['src', '--stage', 'src'], 'OPTION_VALUE', 2],
])('%s', async (_title, args, code, status) => {
  const ended = await install(args, { E3_SITEMODS_PATH: tree })
  expect(ended.stderr).toContain(`error[${code}]`)
  expect(ended.status).toBe(status)
})

test('no tree is named', async () => {
  const { stderr, status } = await install(['src'])
  expect(stderr).toContain('error[TREE_UNKNOWN]: nothing says which module tree')
  expect(status).toBe(3)
})

describe('killed at any moment', () => {
  const many = Array.from({ length: 200 }, (_, index) => [`db/${index}.db`, 'x'.repeat(5000)])

  test('a version is there as a whole or not at all, and the next installation clears up', async () => {
    const target = workspace.path('killed')
    workspace.write({ 'killed/.keep': '' })
    const args = (version: string, mark: string) => {
      const files = { ...Object.fromEntries(many), 'db/mark.db': mark }
      const staged = writeStage(workspace.path('stages'), { version, files })
      return ['install', '--stage', staged.directory, '--prefix', target]
    }
    const options = { cwd: workspace.directory, env: noSite }
    for (let delay = 200; delay < 700; delay += 120) {
      const { process: child, ended } = startE3(args('mytest', `mark ${delay}`), options)
      const timer = setTimeout(() => child.kill('SIGKILL'), delay)
      await ended
      clearTimeout(timer)
      const versions = list(join(target, 'asyn')).filter((name) => !name.startsWith('.'))
      for (const version of versions) {
        expect(pathsBelow(join(target, 'asyn', version))).toHaveLength(many.length + 4)
      }
    }
    expect((await runE3(args('mytest', 'last'), options)).status).toBe(0)
    expect(list(join(target, 'asyn'))).toEqual(['mytest'])
  })

  function list(directory: string): string[] {
    return existsSync(directory) ? readdirSync(directory) : []
  }
})

test('two installations of one version: one wins, the other says so', async () => {
  workspace.write({ 'race/.keep': '' })
  const { directory } = writeStage(workspace.path('stages'))
  const both = [1, 2].map(() => install(['--stage', directory, '--prefix', 'race']))
  const ended = await Promise.all(both)
  expect(ended.map(({ status }) => status).sort()).toEqual([0, 1])
  expect(ended.map(({ stderr }) => stderr).join('')).toContain('error[VERSION_INSTALLED]')
  expect(readdirSync(workspace.path('race/asyn'))).toEqual(['1.0.0'])
})

test('a meta file that is no meta file', async () => {
  workspace.write({ 'race/.keep': '' })
  writeFiles(workspace.path('bad'), { 'asyn_meta.yaml': '- 1\n' })
  const { stderr, status } = await install(['--stage', 'bad', '--prefix', 'race'])
  expect(stderr).toContain('[META_INVALID]')
  expect(status).toBe(1)
  writeFileSync(workspace.path('bad/asyn_meta.yaml'), 'module: asyn\n')
  expect((await install(['--stage', 'bad', '--prefix', 'race'])).stderr).toContain('STAGE_INVALID')
})
