import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
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
    const first = await install([source, '--no-build'], { E3_SITEMODS_PATH: tree })
    expect(first.stderr).toBe('')
    expect(first.stdout).toBe(`installed alpha 1.0.0+0 for ${arch} in ${tree}/alpha/1.0.0+0\n`)
    const again = await install([source, '--no-build', '--prefix', tree])
    expect(again).toMatchObject({ stderr: '', status: 0 })
    expect(again.stdout).toBe(
      `alpha 1.0.0+0 for ${arch} is installed already: ${tree}/alpha/1.0.0+0\n`,
    )
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

  test('what has changed since it was built is built first', async () => {
    const folder = workspace.path('src/sensor')
    const module = (version: string) =>
      workspace.write({
        'src/sensor/module.yaml': `name: sensor\nversion: ${version}\ntemplates: "*.db"\n`,
        'src/sensor/a.db': `# ${version}\n`,
      })
    const place = (version: string) => join(tree, 'sensor', version, 'db/a.db')
    const run = (...args: string[]) => runE3(args, { cwd: folder, env: noSite })
    module('1.0.0')
    expect((await run('build')).status).toBe(0)
    module('2.0.0')
    const old = await run('install', '--no-build', '--prefix', tree)
    expect(old.stdout).toContain('installed sensor 1.0.0 ')
    const now = await run('install', '--prefix', tree)
    expect(now.stderr).toBe(`built sensor 2.0.0 for ${arch}: .e3/${arch}/stage\n`)
    expect(now.stdout).toContain('installed sensor 2.0.0 ')
    expect(readFileSync(place('2.0.0'), 'utf8')).toBe('# 2.0.0\n')
    workspace.write({ 'src/sensor/a.db': '# another text\n' })
    const other = await run('install', '--prefix', tree)
    expect(other.stderr).toContain('error[VERSION_INSTALLED]')
    expect(other.stderr).toContain('the next free revision is 2.0.0+0')
    expect(other.status).toBe(1)
    expect(readFileSync(place('2.0.0'), 'utf8')).toBe('# 2.0.0\n')
  })

  test('the version of the last build is kept until the module names another one', async () => {
    const folder = workspace.path('src/sensor')
    const run = (...args: string[]) => runE3(args, { cwd: folder, env: noSite })
    expect((await run('build', '--version', '2.0.0+5')).status).toBe(0)
    workspace.write({ 'src/sensor/a.db': '# third text\n' })
    const kept = await run('install', '--prefix', tree)
    expect(kept.stdout).toContain('installed sensor 2.0.0+5 ')
    workspace.write({
      'src/sensor/module.yaml': 'name: sensor\nversion: 3.0.0\ntemplates: "*.db"\n',
    })
    expect((await run('build', '--version', '3.0.0+1')).status).toBe(0)
    workspace.write({
      'src/sensor/module.yaml': 'name: sensor\nversion: 3.0.0+x\ntemplates: "*.db"\n',
    })
    expect((await run('install', '--prefix', tree)).stderr).toContain('error[VERSION_INVALID]')
    workspace.write({
      'src/sensor/module.yaml': 'name: sensor\nversion: 3.0.0\ntemplates: "*.db"\n',
    })
    expect((await run('install', '--prefix', tree)).stdout).toContain('installed sensor 3.0.0 ')
  })

  test('a stage that was damaged is not installed', async () => {
    const folder = workspace.path('src/sensor')
    const run = (...args: string[]) => runE3(args, { cwd: folder, env: noSite })
    const stage = join(folder, '.e3', arch, 'stage')
    appendFileSync(join(stage, 'db/a.db'), 'x')
    const damaged = await run('install', '--cell')
    expect(damaged.stderr).toContain('error[STAGE_DAMAGED]: sensor 3.0.0 is not as it was built')
    expect(damaged.stderr).toContain('note: db/a.db was changed\n')
    expect(damaged.stderr).toContain(`help: make it anew: rm -r ${stage}; e3 build\n`)
    expect(damaged.status).toBe(1)
    expect(existsSync(join(folder, 'cellMods/sensor'))).toBe(false)
    rmSync(stage, { recursive: true })
    expect((await run('install', '--cell')).status).toBe(0)
  })

  test('sources that are gone: said, and what was built can be taken', async () => {
    const folder = workspace.path('src/sensor')
    rmSync(join(folder, 'module.yaml'))
    rmSync(join(folder, '.e3', arch, 'stage'), { recursive: true, force: true })
    workspace.write({ 'src/gone/.keep': '' })
    cpSync(join(source, '.e3'), workspace.path('src/gone/.e3'), { recursive: true })
    const refused = await install(['src/gone', '--prefix', tree])
    expect(refused.stderr).toContain('error[RECIPE_NOT_FOUND]')
    expect(refused.stderr).toContain('note: alpha 1.0.0+0 was built here before')
    expect(refused.stderr).toContain('--no-build')
    expect(refused.status).toBe(1)
  })

  test('a tree that is not there is made if it is asked for', async () => {
    const args = [source, '--no-build', '--prefix', 'new/site/modules']
    const refused = await install(args)
    expect(refused.stderr).toContain('error[TREE_UNKNOWN]')
    expect(refused.stderr).toContain('help: to make it: --create\n')
    expect(refused.status).toBe(3)
    expect(existsSync(workspace.path('new'))).toBe(false)
    expect((await install([...args, '--create'])).status).toBe(0)
    expect(existsSync(workspace.path('new/site/modules/alpha/1.0.0+0'))).toBe(true)
    const near = await install([source, '--no-build', '--prefix', 'new/site/moduels'])
    expect(near.stderr).toContain('help: did you mean "modules"? To make it: --create\n')
  })

  test('a cell is made where there is none', async () => {
    const args = [source, '--no-build', '--cell']
    expect((await install(args)).status).toBe(0)
    expect(existsSync(workspace.path('cellMods/alpha/1.0.0+0'))).toBe(true)
    expect((await install(args, { E3_CELL_PATH: 'mine' })).status).toBe(0)
    expect(existsSync(workspace.path('mine/alpha/1.0.0+0'))).toBe(true)
  })

  test('a library of another version is not installed', async () => {
    const folder = workspace.path('src/beta')
    if (!base) return
    const spec = { name: 'beta', version: '2.0.0', builtAs: '1.0.0', base }
    await buildStage(folder, spec)
    const { stderr, status } = await install([folder, '--no-build', '--prefix', tree])
    expect(stderr).toContain('error[LIBRARY_RELEASE_MISMATCH]')
    expect(stderr).toContain(`${folder}/.e3/${arch}/stage/lib/${arch}/libbeta.so`)
    expect(status).toBe(1)
    expect(existsSync(join(tree, 'beta'))).toBe(false)
  })
})

test.each([
  ['what is not built', ['src', '--no-build'], 'MODULE_NOT_BUILT', 1],
  ['what has no sources', ['src'], 'RECIPE_NOT_FOUND', 1],
  ['a revision without a build', ['--no-build', '--revision', 'auto'], 'OPTION_VALUE', 2],
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

test.skipIf(base === undefined)(
  'three that take the next revision at once: three revisions',
  async () => {
    const tries = ['one', 'two', 'three'].map((name) => {
      workspace.write({
        [`at-once/${name}/module.yaml`]: 'name: shared\nversion: 1.0.0\ntemplates: "*.db"\n',
        [`at-once/${name}/a.db`]: `# ${name}\n`,
        'at-once/tree/.keep': '',
      })
      const folder = workspace.path(`at-once/${name}`)
      return install([folder, '--revision', 'auto', '--prefix', workspace.path('at-once/tree')])
    })
    const ended = await Promise.all(tries)
    expect(ended.map(({ status }) => status)).toEqual([0, 0, 0])
    const installed = readdirSync(workspace.path('at-once/tree/shared')).sort()
    expect(installed).toEqual(['1.0.0+0', '1.0.0+1', '1.0.0+2'])
  },
)

test('a meta file that is no meta file', async () => {
  workspace.write({ 'race/.keep': '' })
  writeFiles(workspace.path('bad'), { 'asyn_meta.yaml': '- 1\n' })
  const { stderr, status } = await install(['--stage', 'bad', '--prefix', 'race'])
  expect(stderr).toContain('[META_INVALID]')
  expect(status).toBe(1)
  writeFileSync(workspace.path('bad/asyn_meta.yaml'), 'module: asyn\n')
  expect((await install(['--stage', 'bad', '--prefix', 'race'])).stderr).toContain('STAGE_INVALID')
})
