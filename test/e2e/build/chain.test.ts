import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { machineArchitecture } from '../../../src/host/base/architecture.ts'
import { alphaHeader, type Chain, names, newChain } from '../../support/chain.ts'
import { failures } from '../../support/chain-failures.ts'
import { type Ended, launch } from '../../support/launch.ts'
import { repository, testBase } from '../../support/machine.ts'

const arch = machineArchitecture()
const chain: Chain = newChain()
const { e3, tree, path } = chain
const dep = (name: string, version: string) =>
  linesIn(join(tree, name, version, 'lib', arch, `${name}.dep`))
const linesIn = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^[a-z]/.test(line))
const rebuild = (version: string, ...options: string[]) =>
  e3('rebuild-for', 'alpha', version, '--sources', 'sources', ...options)
const installedAs = (version: string) => names.filter((name) => versionsOf(name).includes(version))
const versionsOf = (name: string) => readdirSync(join(tree, name)).sort()
/** What an IOC prints for a command, or says instead of a start. */
const ioc = (...args: string[]): Promise<Ended> =>
  launch(chain, ['-l', tree, ...args, '-c', 'var deltaValue', '-c', 'exit'])

beforeAll(async () => {
  if (!testBase()) return
  for (const name of names) await fine(e3('install', `sources/${name}`))
  chain.write(alphaHeader(2))
  await fine(e3('install', '--revision', 'auto', 'sources/alpha'))
  chain.write(alphaHeader(3))
  await fine(e3('install', '--revision', 'auto', 'sources/alpha'))
})
afterAll(chain.remove)

async function fine(ended: Promise<Ended>): Promise<void> {
  expect(await ended).toMatchObject({ status: 0 })
}

describe.skipIf(testBase() === undefined)('a chain of four modules in three revisions', () => {
  test('everything is built for the next revision of the first, in order', async () => {
    const dry = await rebuild('1.0.0+1', '--dry-run')
    expect(dry.stdout.split('\n').map((line) => line.replace(/ {2,}.*/, ''))).toEqual([
      ...['beta', 'gamma', 'delta'].map((name) => `${name} 1.0.0+0 -> 1.0.0+1`),
      '',
    ])
    expect(installedAs('1.0.0+1')).toEqual(['alpha'])
    await fine(rebuild('1.0.0+1'))
    expect(installedAs('1.0.0+1')).toEqual(names)
    expect(dep('delta', '1.0.0+1')).toEqual(['alpha 1.0.0+1', 'beta 1.0.0+1', 'gamma 1.0.0+1'])
    expect(dep('delta', '1.0.0+0')).toEqual(['alpha 1.0.0+0', 'beta 1.0.0+0', 'gamma 1.0.0+0'])
    expect((await rebuild('1.0.0+1')).stdout).toBe(
      'no module needs a version older than alpha 1.0.0+1\n',
    )
  })

  test('sources that are missing or of another release: listed, and nothing is built', async () => {
    cpSync(path('sources'), path('few'), { recursive: true })
    rmSync(path('few/gamma'), { recursive: true })
    chain.write({ 'few/delta/module.yaml': 'name: delta\nversion: 2.0.0\n' })
    const dry = await e3('rebuild-for', 'alpha', '1.0.0+2', '--sources', 'few', '--dry-run')
    expect(dry.stdout).toContain('few has no folder gamma or e3-gamma')
    expect(dry.stdout).toContain('few/delta holds version 2.0.0')
    expect(dry.status).toBe(0)
    const refused = await e3('rebuild-for', 'alpha', '1.0.0+2', '--sources', 'few')
    expect(refused.stderr.match(/error\[REBUILD_SOURCES\]/g)).toHaveLength(2)
    expect(refused.stderr).toContain('error[REBUILD_INCOMPLETE]: nothing is built')
    expect(refused.status).toBe(1)
    expect(installedAs('1.0.0+2')).toEqual(['alpha'])
  })

  test('a failure in the middle: what is installed stays, the same command goes on', async () => {
    const source = readFileSync(path('sources/gamma/gamma.c'), 'utf8')
    chain.write({
      'sources/gamma/gamma.c': 'broken\n',
      'sources/other/module.yaml':
        'name: other\nversion: 1.0.0\nrequires: "alpha,1.0.0+1"\ntemplates: "*.db"\n',
      'sources/other/other.db': '',
    })
    await fine(e3('install', 'sources/other'))
    const failed = await rebuild('1.0.0+2')
    expect(failed.stdout).toContain('installed beta 1.0.0+2 ')
    expect(failed.stderr).toContain('sources/gamma/gamma.c:1:')
    expect(failed.stderr).toContain('error[REBUILD_INCOMPLETE]: 3 of 4 modules are not built')
    expect(failed.stderr).toContain('note: gamma 1.0.0+2 failed\n')
    expect(failed.stderr).toContain('note: delta 1.0.0+2 was not tried: it needs gamma\n')
    expect(failed.stderr).toContain('note: other 1.0.0+0 was not tried\n')
    expect(failed.stderr).toContain('e3 rebuild-for alpha 1.0.0+2')
    expect(failed.status).toBe(1)
    expect(installedAs('1.0.0+2')).toEqual(['alpha', 'beta'])
    const further = await rebuild('1.0.0+2', '--keep-going')
    expect(further.stdout).toContain('installed other 1.0.0+0 ')
    expect(further.stderr).toContain('error[REBUILD_INCOMPLETE]: 2 of 3 modules are not built')
    expect(further.status).toBe(1)
    chain.write({ 'sources/gamma/gamma.c': source })
    const mended = await rebuild('1.0.0+2')
    expect(mended.stdout).not.toContain('beta')
    expect(mended.status).toBe(0)
    expect(names.map(versionsOf)).toEqual(names.map(() => ['1.0.0+0', '1.0.0+1', '1.0.0+2']))
    expect(dep('delta', '1.0.0+2')).toEqual(['alpha 1.0.0+2', 'beta 1.0.0+2', 'gamma 1.0.0+2'])
  })

  test('only what was asked for', async () => {
    const dry = (only: string) => rebuild('1.0.0+2', '--dry-run', '--only', only)
    const older = await dry('delta,1.0.0+1')
    expect(older).toMatchObject({ stdout: expect.stringContaining('no module needs'), status: 0 })
    const named = await dry('gamma')
    expect(named.stderr).toContain('gamma 1.0.0+2 is left as it is: it has this version already')
    const absent = await dry('gamma,9.0.0')
    expect(absent.stderr).toContain('error[REQUIRE_NOT_FOUND]')
    expect(absent.status).toBe(1)
    expect(await dry('../x')).toMatchObject({ status: 2 })
  })

  test('a test version is left as it is, and told', async () => {
    cpSync(path('sources/beta'), path('own/beta'), { recursive: true })
    const recipe = 'name: beta\nversion: mine\nrequires: "alpha,1.0.0+0"\nsources: "*.c"\n'
    chain.write({ 'own/beta/module.yaml': recipe })
    await fine(e3('install', 'own/beta'))
    const { stdout, stderr, status } = await rebuild('1.0.0+2')
    expect(stdout).toContain('no module needs')
    expect(stderr).toBe(
      'info[REBUILD_LEFT_OUT]: beta mine is left as it is: it is a test version\n',
    )
    expect(status).toBe(0)
    await fine(e3('uninstall', 'beta', 'mine'))
  })

  test.each([
    ['beta', ['beta 1.0.0+2']],
    ['"beta,1.0.0"', ['beta 1.0.0+2']],
    ['"beta,1.0.0+0"', ['beta 1.0.0+0']],
    ['["alpha,1.0.0+1", beta]', ['alpha 1.0.0+1', 'beta 1.0.0+1']],
    ['[beta, "alpha,1.0.0+1"]', ['alpha 1.0.0+1', 'beta 1.0.0+1']],
    ['["gamma,1.0.0+1", "beta,1.0.0"]', ['beta 1.0.0+1', 'gamma 1.0.0+1']],
  ])('pins of module.yaml, requires: %s', async (requires, expected) => {
    const recipe = `name: user\nversion: 1.0.0\nrequires: ${requires}\ntemplates: "*.db"\n`
    chain.write({ 'user/module.yaml': recipe, 'user/user.db': '' })
    await fine(e3('build', 'user'))
    expect(linesIn(path(`user/.e3/${arch}/stage/lib/${arch}/user.dep`))).toEqual(expected)
  })

  test.each([
    ['1.0.0+0', 1000],
    ['1.0.0+1', 2000],
    ['1.0.0+2', 3000],
  ])('an IOC gets what delta %s was compiled with', async (version, value) => {
    const { stdout, status } = await ioc('-r', `delta,${version}`)
    expect(stdout).toContain(`deltaValue = ${value}`)
    expect(status).toBe(0)
  })

  test('the order of requests does not matter', async () => {
    for (const order of [
      ['alpha', 'delta,1.0.0+0'],
      ['delta,1.0.0+0', 'alpha'],
    ]) {
      const { stdout } = await ioc(...order.flatMap((one) => ['-r', one]))
      expect(stdout).toContain('deltaValue = 1000')
    }
  })
})

describe.skipIf(testBase() === undefined)('what stops a build or an installation', () => {
  test.concurrent.each(failures)('$title', async ({ title, files, command, status, says }) => {
    const folder = `bad/${title.replace(/\W+/g, '-')}`
    chain.write(
      Object.fromEntries(
        Object.entries(files ?? {}).map(([to, text]) => [`${folder}/${to}`, text]),
      ),
    )
    const words = (command ?? ['build']).map((word) => (word === 'cell' ? `${folder}/cell` : word))
    const ended = await e3(...words, folder)
    const [code = '', ...texts] = says
    expect(ended.stderr).toMatch(new RegExp(`(error|warning)\\[${code}\\]`))
    for (const text of texts) expect(ended.stderr).toContain(text)
    expect(ended.status).toBe(status)
    if (status !== 0) expect(chain.path(`${folder}/cell`)).not.toSatisfy(holdsModules)
  })

  function holdsModules(directory: string): boolean {
    try {
      return readdirSync(directory).length > 0
    } catch {
      return false
    }
  }
})

const other = path('other')

/** What is done to a copy of the tree, what is required, and what is said. */
const starts: readonly [string, () => void, string[], string[]][] = [
  [
    'requests that cannot be loaded together',
    () => {},
    ['delta,1.0.0+0', 'alpha,1.0.0+2'],
    ['VERSION_CONFLICT', 'delta 1.0.0+0 asks for alpha 1.0.0+0', 'help: '],
  ],
  [
    'a revision that is not installed',
    () => {},
    ['gamma,1.0.0+9'],
    ['REQUIRE_NOT_FOUND', 'gamma 1.0.0+9 is not installed', 'gamma 1.0.0+2, 1.0.0+1'],
  ],
  [
    'a folder with another version than that of its library',
    () => cpSync(join(other, 'alpha/1.0.0+0'), join(other, 'alpha/3.0.0'), { recursive: true }),
    ['alpha,3.0.0'],
    ['LIBRARY_RELEASE_MISMATCH', '1.0.0+0'],
  ],
  [
    'a library for another machine',
    () => machineByte(join(other, `alpha/1.0.0+0/lib/${arch}/libalpha.so`)),
    ['alpha,1.0.0+0'],
    ['LIBRARY_WRONG_ARCH', 'libalpha.so'],
  ],
  [
    'a dependency that is gone',
    () => rmSync(join(other, 'beta/1.0.0+1'), { recursive: true }),
    ['delta,1.0.0+1'],
    ['REQUIRE_NOT_FOUND', 'beta 1.0.0+1 is not installed', 'gamma 1.0.0+1 asks for beta 1.0.0+1'],
  ],
  [
    'modules that need each other',
    () => depFile('alpha/1.0.0+2', 'delta 1.0.0+2\n'),
    ['delta,1.0.0+2'],
    ['DEPENDENCY_CYCLE', 'alpha', 'delta'],
  ],
  [
    'a .dep file with a line that is none',
    () => depFile('alpha/1.0.0+2', 'no/name 1.0\n'),
    ['alpha,1.0.0+2'],
    ['DEP_LINE_MALFORMED', 'alpha.dep:1:1'],
  ],
]

/** `e_machine` of the ELF header: IBM S/390. */
function machineByte(file: string): void {
  const bytes = readFileSync(file)
  bytes[18] = 22
  writeFileSync(file, bytes)
}

function depFile(version: string, text: string): void {
  const [module = ''] = version.split('/')
  writeFileSync(join(other, version, 'lib', arch, `${module}.dep`), text)
}

describe.skipIf(testBase() === undefined)('what stops an IOC with installed modules', () => {
  test.each(starts)('%s', async (_title, harm, requests, [code = '', ...texts]) => {
    rmSync(other, { recursive: true, force: true })
    cpSync(tree, other, { recursive: true })
    harm()
    const ended = await launch(chain, ['-l', other, ...requests.flatMap((one) => ['-r', one])])
    expect(ended.stderr).toContain(`error[${code}]`)
    for (const text of texts) expect(ended.stderr).toContain(text)
    expect(ended.status).toBe(1)
    expect(ended.stdout).not.toContain('iocRun')
  })
})

test('the page has a row for each failure, with its code', () => {
  const page = readFileSync(join(repository, 'docs/reference/build-failures.md'), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  const all = [
    ...failures.map(({ title, says: [code = ''] }) => [title, code]),
    ...starts.map(([title, , , [code = '']]) => [title, code]),
  ]
  const missing = all.filter(
    ([title, code]) =>
      !rows.some((row) => row.startsWith(`| ${title} `) && row.includes(`[${code}](`)),
  )
  expect(missing).toEqual([])
})
