import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { writeMeta } from '../../support/built-module.ts'
import { newWorkspace } from '../../support/launch.ts'
import { asAnyUser, repository, testBase } from '../../support/machine.ts'
import { startE3 } from '../../support/run-e3.ts'
import { pathsBelow, writeStage } from '../../support/stage.ts'

const workspace = newWorkspace({ 'tree/.keep': '' })
const tree = workspace.path('tree')
const e3 = join(repository, 'bin/e3')
const env = {
  ...process.env,
  ...{ EPICS_BASE: testBase(), EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: tree },
}
const isRoot = process.getuid?.() === 0

beforeEach(() => {
  if (existsSync(tree)) chmodSync(tree, 0o755)
  rmSync(tree, { recursive: true, force: true })
  workspace.write({ 'tree/.keep': '' })
})
afterAll(workspace.remove)

/** A stage of 200 kB with its hashes; no two are equal. */
function stageOf(version: string): string {
  const files = { 'db/large.db': `# ${++serial}\n`.padEnd(200_000, '#') }
  const { directory } = writeStage(workspace.path('stages'), { version, files })
  writeMeta(directory, { name: 'asyn', version, arch: 'linux-x86_64' })
  return directory
}

let serial = 0

const install = (version: string) => ['install', '--stage', stageOf(version)]
/** Everything below the tree, hidden names too. */
const content = () => pathsBelow(tree).filter((path) => path !== '.keep')

function run(words: readonly string[]) {
  const [program = '', ...args] = words
  return spawnSync(program, args, { cwd: workspace.directory, env, encoding: 'utf8' })
}

describe('a tree that may not be written', () => {
  test.each([
    ['a module', install('1.0.0'), `${tree}/asyn`],
    ['a version more', install('2.0.0'), `${tree}/asyn`],
    ['a test version again', install('mytest'), `${tree}/asyn`],
    ['a version to remove', ['uninstall', 'asyn', 'mytest'], `${tree}/asyn`],
  ])('%s: told, and the tree is as it was', (title, args, place) => {
    if (title !== 'a module') expect(run([e3, ...install('mytest')]).status).toBe(0)
    const before = content()
    for (const folder of [place, tree]) if (existsSync(folder)) chmodSync(folder, 0o555)
    const { stderr, status } = run([...asAnyUser, e3, ...args])
    expect(stderr).toContain('error[TREE_UNWRITABLE]: cannot write ')
    expect(stderr).toContain('permission denied')
    expect(stderr).toContain('note: nothing was changed')
    expect(stderr).toContain(`help: who may: ls -ld ${place}`)
    expect(status).toBe(3)
    if (existsSync(place)) chmodSync(place, 0o755)
    expect(content()).toEqual(before)
  })
})

/** In a namespace of its own: nothing is left mounted, and no privileges are needed. */
const alone = ['unshare', ...(isRoot ? ['-m'] : ['-rm']), 'sh', '-c']
const canMount = run([...alone, `mount -t tmpfs -o size=64k tmpfs ${tree}`]).status === 0

describe.skipIf(!canMount)('a file system that', () => {
  const within = (mount: string, ...args: readonly string[]) =>
    run([
      ...alone,
      `${mount}; ${e3} ${args.join(' ')}; status=$?; find ${tree} -type f; exit $status`,
    ])

  test('is full', () => {
    const full = `mount -t tmpfs -o size=64k tmpfs ${tree}`
    const { stdout, stderr, status } = within(full, ...install('1.0.0'))
    expect(stderr).toMatch(
      /error\[TREE_UNWRITABLE\]: cannot write \S+\/tree\/asyn\/\S+: no space left on the device\n/,
    )
    expect(stderr).toContain('help: make room, then run it again\n')
    expect(stdout).toBe('')
    expect(status).toBe(3)
  })

  test('is full when a test version is replaced: the one before stays', () => {
    const first = install('mytest').join(' ')
    const full = `mount -t tmpfs -o size=300k tmpfs ${tree}; ${e3} ${first}`
    const { stdout, stderr, status } = within(full, ...install('mytest'))
    expect(stderr).toContain('no space left on the device')
    expect(stdout).toContain(`${tree}/asyn/mytest/db/large.db\n`)
    expect(stdout).not.toContain('.staging')
    expect(status).toBe(3)
  })

  test('is read-only', () => {
    const readOnly = `mount --bind ${tree} ${tree}; mount -o remount,ro,bind ${tree}`
    const { stderr, status } = within(readOnly, ...install('1.0.0'))
    expect(stderr).toContain('the file system is read-only')
    expect(status).toBe(3)
  })
})

test('larger than the limit for files', () => {
  const words = install('1.0.0').join(' ')
  const { stderr, status } = run(['sh', '-c', `ulimit -f 100; exec ${e3} ${words}`])
  expect(stderr).toContain('the file is larger than the limit for files')
  expect(status).toBe(3)
  expect(content()).toEqual([])
})

test('a stage that is removed while it is installed: all of it or nothing', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`db/${index}.db`, 'x'.repeat(3000)]),
  )
  for (let delay = 150; delay < 600; delay += 110) {
    const version = `1.0.${delay}`
    const { directory } = writeStage(workspace.path('stages'), { version, files })
    writeMeta(directory, { name: 'asyn', version, arch: 'linux-x86_64' })
    const args = ['install', '--stage', directory]
    const { ended } = startE3(args, { cwd: workspace.directory, env })
    await sleep(delay)
    execFileSync('rm', ['-r', directory])
    const { stderr, status } = await ended
    const place = join(tree, 'asyn', version)
    if (status === 0) expect(pathsBelow(place)).toHaveLength(303)
    else {
      expect(stderr).toMatch(/error\[STAGE_(DAMAGED|INVALID)\]/)
      expect(status).toBe(1)
      expect(existsSync(place)).toBe(false)
    }
    const left = existsSync(join(tree, 'asyn')) ? readdirSync(join(tree, 'asyn')) : []
    expect(left.filter((name) => name.startsWith('.'))).toEqual([])
  }
})
