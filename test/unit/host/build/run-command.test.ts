import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../../../../src/host/build/run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-command-'))
afterAll(() => rmSync(folder, { recursive: true }))
const sh = (text: string): string[] => ['/bin/sh', '-c', text]

test.each([
  ['goes well', sh('echo done; echo made >out'), 'done\n', 'made\n'],
  ['says something on both streams', sh('echo a; echo b >&2; echo made >out'), 'a\nb\n', 'made\n'],
  ['fails with half an output', sh('echo no >&2; echo half >out; exit 1'), 'no\n', undefined],
  ['ends by a signal', sh('echo half >out; kill -9 $$'), '/bin/sh: ended by SIGKILL\n', undefined],
  ['has words that a shell would take apart', ['touch', 'out', "it's $HOME; x"], '', ''],
  ['is not there', ['/no/program'], '/no/program: no such file or directory\n', undefined],
  ['is a folder', ['/tmp'], '/tmp: permission denied\n', undefined],
  ['is too long', ['echo', 'x'.repeat(3_000_000)], 'echo: E2BIG\n', undefined],
])('a command that %s', async (_, command, log, output) => {
  for (const name of ['out', 'log']) rmSync(join(folder, name), { force: true })
  const step = { command, inputs: [], output: 'out', log: 'log', subject: 'x.c' }
  await runCommand({ ...step, kind: 'compile' }, { folder, env: process.env })
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(log)
  const path = join(folder, 'out')
  expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined).toBe(output)
})

test('what another run said is gone', async () => {
  writeFileSync(join(folder, 'log'), 'x.c:1:1: warning: of yesterday\n')
  const step = { command: ['true'], inputs: [], output: 'out', log: 'log', subject: 'x.c' }
  await runCommand({ ...step, kind: 'link' }, { folder, env: process.env })
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('')
})
