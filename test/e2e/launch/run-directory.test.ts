import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  collect,
  iocsh,
  launch,
  launchEnvironment,
  newWorkspace,
  plain,
  type Workspace,
} from '../../support/launch.ts'
import { asAnyUser, testBase } from '../../support/machine.ts'

const base = testBase()
const uid = process.getuid?.() ?? 0
const isRoot = uid === 0

let workspace: Workspace
beforeEach(() => {
  workspace = newWorkspace({ 'st.cmd': 'dbl\nrequire proto\n', ...protoModule })
})
afterEach(() => workspace.remove())

const protoModule = {
  'modules/proto/1.0.0/lib/linux-x86_64/proto.dep': '',
  'modules/proto/1.0.0/db/x.db': '',
}
const planned = ['-i', '-l', 'modules', 'st.cmd']

/** Planning is real, the IOC is not: a base whose program ends at once, so that 100 starts are cheap. */
let quickBase: Workspace
beforeAll(() => {
  quickBase = newWorkspace()
  if (!base) return
  for (const part of ['configure', 'dbd', 'lib']) {
    cpSync(join(base, part), quickBase.path(part), { recursive: true })
  }
  const executable = 'bin/linux-x86_64/softIocPVA'
  // What it was given must be there, whole, and for the owner only.
  quickBase.write({
    [executable]: '#!/bin/sh\nfor file; do :; done\n[ -r "$file" ] && tail -n 1 "$file"\n',
  })
  chmodSync(quickBase.path(executable), 0o755)
})
afterAll(() => quickBase.remove())

describe.skipIf(!base)('run directory', () => {
  test('is for the owner only, whatever the umask', async () => {
    workspace.write({
      'list.sh': 'find "$XDG_RUNTIME_DIR" -mindepth 1 -printf "%y %m\\n" | sort -u\n',
    })
    const command = `umask 000; exec "$0" ${planned.join(' ')} -c 'system "sh list.sh"'`
    const ended = await launch(workspace, ['-c', command, iocsh], { program: 'sh' })
    expect(ended.stdout.match(/^[dfl] \d+$/gm)).toEqual(['d 700', 'f 600'])
  })

  test('100 starts at once do not disturb each other', async () => {
    const env = { ...(await launchEnvironment(workspace)), EPICS_BASE: quickBase.directory }
    const options = { cwd: workspace.directory, env }
    const results = []
    for (let round = 0; round < 5; round++) {
      const starts = Array.from({ length: 20 }, (_, index) =>
        collect(spawn(iocsh, ['-n', `LAB:${round}-${index}`, ...planned, 'A=1'], options)),
      )
      results.push(...(await Promise.all(starts)))
    }
    expect(results.filter(({ status }) => status !== 0)).toEqual([])
    expect(results.every(({ stdout }) => stdout.includes('/scripts/1/st.cmd'))).toBe(true)
    // The last one to sweep may have met others that still ran.
    await launch(workspace, planned, { env: { EPICS_BASE: quickBase.directory } })
    expect(workspace.runDirectories()).toHaveLength(1)
  })

  test('starts that were killed at any moment leave nothing behind the next one', async () => {
    const env = { ...(await launchEnvironment(workspace)), EPICS_BASE: quickBase.directory }
    const kill = async (after: number): Promise<void> => {
      const options = { cwd: workspace.directory, env, detached: true, stdio: 'ignore' } as const
      const child = spawn(iocsh, planned, options)
      const end = once(child, 'exit')
      await delay(after)
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL')
      } catch {
        // It was quicker.
      }
      await end
    }
    for (let after = 20; after < 140; after += 8) await Promise.all([kill(after), kill(after + 4)])
    await launch(workspace, planned, { env: { EPICS_BASE: quickBase.directory } })
    const left = workspace.runDirectories()
    expect(left, 'only its own').toHaveLength(1)
    expect(left[0]).toMatch(/^LAB:TEST-\d+$/)
  })

  test('a mistake in the input leaves none', async () => {
    expect((await launch(workspace, ['nosuch.cmd'])).status).toBe(1)
    expect((await launch(workspace, ['--dry-run', ...planned])).status).toBe(0)
    expect(workspace.runDirectories()).toEqual([])
  })
})

describe.skipIf(!base)('a place that cannot be used ends the start with 3 and a sentence', () => {
  const parent = (): string => join(workspace.runtime, `iocsh-${uid}`)

  async function refused(sentence: RegExp, code: string): Promise<void> {
    const text = await launch(workspace, planned)
    expect(text).toMatchObject({ status: 3, stdout: '' })
    expect(plain(text.stderr)).toMatch(sentence)
    expect(plain(text.stderr)).toContain(`error[${code}]`)
    expect(plain(text.stderr)).toContain('XDG_RUNTIME_DIR')
    const json = await launch(workspace, ['--format', 'json', '--quiet', ...planned])
    expect(JSON.parse(json.stderr)).toMatchObject({ code })
  }

  test('it does not exist', async () => {
    rmSync(workspace.runtime, { recursive: true })
    await refused(/no such file or directory/, 'RUN_DIRECTORY_UNUSABLE')
  })

  test('a link leads to another folder, which stays untouched', async () => {
    mkdirSync(workspace.path('victim'), { mode: 0o700 })
    symlinkSync(workspace.path('victim'), parent())
    await refused(/is not a directory/, 'RUN_DIRECTORY_UNSAFE')
    expect(readdirSync(workspace.path('victim'))).toEqual([])
  })

  test('others can write there', async () => {
    mkdirSync(parent())
    chmodSync(parent(), 0o777)
    await refused(/can be read or written by others/, 'RUN_DIRECTORY_UNSAFE')
    expect(readdirSync(parent())).toEqual([])
  })

  test('it cannot be listed', async () => {
    mkdirSync(parent(), { mode: 0o300 })
    const [program = '', ...args] = [...asAnyUser, iocsh, ...planned]
    const { status, stderr } = spawnSync(program, args, {
      ...{ cwd: workspace.directory, env: await launchEnvironment(workspace), encoding: 'utf8' },
    })
    chmodSync(parent(), 0o700)
    expect(plain(stderr)).toMatch(/error\[RUN_DIRECTORY_UNUSABLE\]: .*permission denied/)
    expect(status).toBe(3)
  })

  test.skipIf(!isRoot)('it belongs to another user (needs root)', async () => {
    mkdirSync(parent(), { mode: 0o700 })
    chownSync(parent(), 12345, 12345)
    await refused(/belongs to another user \(uid 12345\)/, 'RUN_DIRECTORY_UNSAFE')
  })

  test('links and files of others in the directory are not followed', async () => {
    mkdirSync(parent(), { mode: 0o700 })
    workspace.write({ 'victim/file': 'precious' })
    symlinkSync(workspace.path('victim'), join(parent(), 'LAB:OLD-1'))
    writeFileSync(join(parent(), 'LAB:OLD-2'), '')
    const options = { env: { EPICS_BASE: quickBase.directory } }
    expect((await launch(workspace, planned, options)).status).toBe(0)
    expect(readFileSync(workspace.path('victim/file'), 'utf8')).toBe('precious')
  })

  describe.skipIf(!isRoot || !canMount())('on a small disk of its own (needs root)', () => {
    beforeEach(() => mount('size=256k,mode=700'))
    afterEach(() => void spawnSync('umount', ['-l', workspace.runtime]))

    test('full: no half-written directory stays', async () => {
      const fill = join(workspace.runtime, 'fill')
      spawnSync('dd', ['if=/dev/zero', `of=${fill}`, 'bs=1k'])
      for (const free of [0, 4, 8, 12, 16]) {
        rmSync(join(workspace.runtime, `iocsh-${uid}`), { recursive: true, force: true })
        spawnSync('truncate', ['-s', `-${free}K`, fill])
        const ended = await launch(workspace, planned, { env: { EPICS_BASE: quickBase.directory } })
        if (ended.status === 0) continue
        expect(ended.status).toBe(3)
        expect(plain(ended.stderr)).toMatch(/cannot write to .*: no space left on the device/)
        expect(workspace.runDirectories()).toEqual([])
      }
    })

    test('read-only', async () => {
      mount('remount,ro')
      await refused(/the file system is read-only/, 'RUN_DIRECTORY_UNUSABLE')
    })
  })

  function mount(options: string): void {
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', workspace.runtime])
  }
})

/** Containers often may not, root or not. */
function canMount(): boolean {
  const probe = newWorkspace()
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe.runtime])
  if (status === 0) spawnSync('umount', [probe.runtime])
  if (existsSync(probe.runtime) && statSync(probe.runtime).isDirectory()) probe.remove()
  return status === 0
}
