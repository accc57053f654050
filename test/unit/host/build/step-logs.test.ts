import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { BuildStep } from '../../../../src/build/build-graph.ts'
import { openStepLogs } from '../../../../src/host/build/step-logs.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-logs-'))
afterAll(() => rmSync(folder, { recursive: true }))

function step(name: string): BuildStep {
  const files = { output: `${name}.o`, inputs: [], log: `${name}.log`, subject: name }
  return { kind: 'compile', command: ['gcc'], ...files }
}

test('all are written beside running commands, what these say is added', () => {
  const [done, running, never] = [step('done'), step('running'), step('never')]
  const path = join(folder, 'build.log')
  const logs = openStepLogs(folder, path, [running, done, never])
  for (const name of ['done', 'running']) writeFileSync(join(folder, `${name}.log`), 'before')
  expect(logs.of(running)).toBe('before')
  logs.begin([running])
  for (const name of ['done', 'running']) writeFileSync(join(folder, `${name}.log`), 'behind')
  logs.end()
  logs.end()
  expect([done, running, never].map(logs.of)).toEqual(['before', 'behind', ''])
  expect(readFileSync(path, 'utf8')).toBe('gcc\nbefore\ngcc\n\ngcc\nbehind\n')
})
