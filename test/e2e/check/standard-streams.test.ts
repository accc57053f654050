import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collect, newWorkspace, type Workspace } from '../../support/launch.ts'
import { repository, testBase } from '../../support/machine.ts'

const base = testBase()
const records = Array.from({ length: 30_000 }, (_, index) => `record(ai, "$(P)${index}") {}\n`)

let workspace: Workspace
beforeAll(() => {
  workspace = newWorkspace({
    'st.cmd': 'dbLoadRecords x.db\niocInit\n',
    'x.db': 'record(ai, "X") {}\n',
    'large.db': records.join(''),
    'sub/inner.db': 'record(ai, "$(P)inner") {}\n',
  })
})
afterAll(() => workspace.remove())

function start(args: readonly string[]) {
  return spawn(join(repository, 'bin/e3'), args, { cwd: workspace.directory, env: environment() })
}

function environment() {
  return { ...process.env, EPICS_BASE: base, XDG_CACHE_HOME: workspace.path('cache') }
}

describe.skipIf(!base)('standard streams of e3 check and its kin', () => {
  test.each([
    ['a database', 'record(ai, "X") {\n field(NOSUCH, "1")\n}\n', [], 'stdin.db:2:8: error'],
    ['a script', '# x\ndbLoadRecords nofile\n', [], 'stdin.cmd:2:15: error[FILE_NOT_FOUND]'],
    [
      'a file with its name: it includes what is beside that',
      'include "inner.db"\nrecord(ai, "$(P)x") { field(NOSUCH, "1") }\n',
      ['--stdin-name', 'sub/new.db', 'P=1'],
      'sub/new.db:2:29: error[FIELD_UNKNOWN]',
    ],
  ])('standard input: %s', async (_title, text, args, says) => {
    const child = start(['check', '-', ...args])
    child.stdin.end(text)
    const ended = await collect(child)
    expect(ended.stdout).toContain(says)
    expect(ended.stdout).not.toContain('inner.db')
    expect(ended.status).toBe(1)
  })

  test.each([
    ['of a folder', ['check', '-', '--stdin-name', 'sub'], 1, 'OPTION_VALUE'],
    ['of a folder that is not there', ['records', '-', '--stdin-name', 'no/'], 1, 'OPTION_VALUE'],
    ['of a folder, compared', ['diff', '-', 'x.db', '--stdin-name', 'sub'], 1, 'OPTION_VALUE'],
    ['that is empty', ['check', '-', '--stdin-name', ''], 2, 'OPTION_VALUE'],
    ['that would be a pattern', ['check', '-', '--stdin-name', 'su?/*.db'], 1, 'FIELD_UNKNOWN'],
    ['a pattern that fits nothing', ['expand', '-', '--stdin-name', '[y].db'], 1, 'NOSUCH'],
    ['of an IOC', ['check', '--ioc', 'A=-', '--stdin-name', 'sub/a.db'], 1, 'FIELD_UNKNOWN'],
  ])('standard input with the name %s', async (_title, args, status, says) => {
    const child = start(args)
    child.stdin.end('record(ai, "X") { field(NOSUCH, "1") }\n')
    const ended = await collect(child)
    expect(ended.stdout + ended.stderr).toContain(says)
    expect(ended.status).toBe(status)
  })

  test('standard input that cannot be read is one mistake', async () => {
    const folder = openSync(workspace.directory, 'r')
    const child = spawnSync(join(repository, 'bin/e3'), ['check', '-'], {
      ...{ cwd: workspace.directory, env: environment(), encoding: 'utf8' },
      stdio: [folder, 'pipe', 'pipe'],
    })
    closeSync(folder)
    expect(child.stdout).toContain('cannot read standard input: it is a directory')
    expect(child.stderr).toMatch(/^1 error in /)
  })

  test('whoever stops reading has seen enough', async () => {
    const child = start(['records', 'large.db', 'P=X:'])
    const ended = collect(child)
    child.stdout.once('data', () => child.stdout.destroy())
    expect(await ended).toMatchObject({ status: 0, stderr: '' })
  })

  test.each([
    ['records', 'x.db'],
    ['expand', 'x.db'],
    ['check', '--format', 'sarif', 'x.db'],
    ['check', '--explain', 'FILE_NOT_FOUND'],
    ['check', '--help'],
  ])('a full disk is told: %s %s', (...args) => {
    const full = openSync('/dev/full', 'w')
    const stdio = ['ignore', full, 'pipe'] as const
    const options = { cwd: workspace.directory, env: environment(), encoding: 'utf8' } as const
    const ended = spawnSync(join(repository, 'bin/e3'), args, { ...options, stdio: [...stdio] })
    closeSync(full)
    expect(ended.stderr).toContain('error[FILE_UNWRITABLE]: cannot write standard output: no space')
    expect(ended.stderr).not.toMatch(/^ +at /m)
    expect(ended.status).toBe(3)
  })
})
