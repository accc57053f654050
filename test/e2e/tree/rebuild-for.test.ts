import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildModule } from '../../support/build-module.ts'
import { writeMeta } from '../../support/built-module.ts'
import { newWorkspace } from '../../support/launch.ts'
import { testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'
import { smallWrapper } from '../../support/small-wrapper.ts'

const base = testBase()
const workspace = newWorkspace()
const tree = workspace.path('tree')
const repository = workspace.path('repository')
let arch = ''

const recipe = 'name: llrf\nversion: 3.16.1\nrequires: scaling\ntemplates: db/*.db\n'
const pin = (name: string, version: string) => [{ name, version }]

beforeAll(async () => {
  if (!base) return
  const make = (name: string, version: string, dep: ReturnType<typeof pin> = []) =>
    buildModule({ root: tree, base, name, version, dep })
  await make('scaling', '1.7.0')
  await make('scaling', '1.7.1')
  const llrf = await make('llrf', '3.16.1', pin('scaling', '1.7.0'))
  arch = llrf.arch
  workspace.write({ 'repository/module.yaml': recipe, 'repository/db/llrf.db': '' })
  workspace.write({ 'sources/e3-llrf/module.yaml': recipe, 'sources/e3-llrf/db/llrf.db': '' })
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', '-C', repository, ...args])
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
  const commit = git('rev-parse', 'HEAD').stdout.toString().trim()
  const meta = { name: 'llrf', version: '3.16.1', arch, dep: pin('scaling', '1.7.0') }
  writeMeta(
    llrf.directory,
    meta,
    `source: { url: ${repository}, commit: ${commit}, dirty: false }\n`,
  )
})
afterAll(workspace.remove)

const rebuild = (...args: string[]) =>
  runE3(['rebuild-for', ...args], {
    cwd: workspace.directory,
    env: { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: tree },
  })

describe.skipIf(base === undefined)('e3 rebuild-for', () => {
  test('what would be built, and from where', async () => {
    const { stdout, stderr, status } = await rebuild('--dry-run', 'scaling', '1.7.1')
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toMatch(
      /^llrf 3\.16\.1 -> 3\.16\.1\+0 {2}scaling 1\.7\.0 -> 1\.7\.1 {2}\S+\/repository [0-9a-f]{40}\n$/,
    )
  })

  test('nothing to do', async () => {
    const { stdout, status } = await rebuild('scaling,1.7.0')
    expect(stdout).toBe('no module needs a version older than scaling 1.7.0\n')
    expect(status).toBe(0)
  })

  test('sources that are not there', async () => {
    const { stderr, status } = await rebuild('scaling', '1.7.1', '--sources', 'none')
    expect(stderr).toMatch(/error\[REBUILD_SOURCES\]: .* there is no directory \S+\/none\n/)
    expect(status).toBe(1)
  })

  test('a failure: the command that goes on has all options that say what is built', async () => {
    workspace.write({
      'broken/llrf/module.yaml': `${recipe}sources: llrf.c\n`,
      'broken/llrf/db/llrf.db': '',
      'broken/llrf/llrf.c': 'int f( {\n',
    })
    const options = ['--sources', 'broken', '--only', 'llrf,3.16.1', '--prefix', tree]
    const { stderr, status } = await rebuild('scaling', '1.7.1', ...options)
    expect(stderr).toContain('error[COMPILE_ERROR]')
    expect(stderr).toContain(`: e3 rebuild-for scaling 1.7.1 ${options.join(' ')}\n`)
    expect(status).toBe(1)
  })

  test.each([
    ['the repository of the build', [], '3.16.1+0'],
    ['a folder', ['--sources', 'sources'], '3.16.1+1'],
  ])('built from %s, installed as the next revision', async (_title, options, revision) => {
    const { stdout, status } = await rebuild('scaling', '1.7.1', ...options)
    expect(stdout).toContain(`installed llrf ${revision} for ${arch} in ${tree}/llrf/${revision}`)
    expect(status).toBe(0)
    const dep = readFileSync(`${tree}/llrf/${revision}/lib/${arch}/llrf.dep`, 'utf8')
    expect(dep).toContain('scaling 1.7.1\n')
    expect((await rebuild('scaling', '1.7.1')).stdout).toContain('no module needs')
    rmSync(`${tree}/llrf/${revision}`, { recursive: true })
    cpSync(`${tree}/llrf/3.16.1`, `${tree}/llrf/${revision}`, { recursive: true })
  })

  test('built from a wrapper, whose release is known when it is read', async () => {
    const makefile =
      'include $(E3_REQUIRE_TOOLS)/driver.makefile\nTEMPLATES += a.template\nREQUIRED += scaling\n'
    const config = 'wrappers/e3-llrf/configure/CONFIG_MODULE.local'
    workspace.write({
      ...smallWrapper('wrappers/e3-llrf', 'llrf', makefile),
      'wrappers/e3-llrf/llrf-src/a.template': '',
    })
    const refused = await rebuild('scaling', '1.7.1', '--sources', 'wrappers')
    expect(refused.stderr).toContain(
      'error[REBUILD_SOURCES]: the sources are those of llrf 1.2.0, not of 3.16.1',
    )
    expect(refused.status).toBe(1)
    workspace.write({ [config]: 'E3_MODULE_VERSION:=3.16.1\n' })
    const { stdout, status } = await rebuild('scaling', '1.7.1', '--sources', 'wrappers')
    expect(stdout).toContain(`installed llrf 3.16.1+2 for ${arch} `)
    expect(status).toBe(0)
    const dep = readFileSync(`${tree}/llrf/3.16.1+2/lib/${arch}/llrf.dep`, 'utf8')
    expect(dep).toContain('scaling 1.7.1\n')
  })

  test.each([
    ['a version that is not there', ['scaling', '9.0.0'], 'REQUIRE_NOT_FOUND', 1],
    ['no version', ['scaling'], 'OPTION_VALUE', 2],
    ['an empty --prefix', ['--prefix', '', 'scaling', '1.7.1'], 'TREE_UNKNOWN', 3],
  ])('%s', async (_title, args, code, status) => {
    const ended = await rebuild(...args)
    expect(ended.stderr).toContain(`error[${code}]`)
    expect(ended.status).toBe(status)
  })
})
