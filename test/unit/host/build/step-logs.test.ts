import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

test('what was read beside running commands is not asked for again, what they say is', () => {
  const [done, running, never] = [step('done'), step('running'), step('never')]
  const logs = openStepLogs(folder, [done, running, never])
  for (const name of ['done', 'running']) writeFileSync(join(folder, `${name}.log`), 'before')
  logs.readBeside([running])
  for (const name of ['done', 'running']) writeFileSync(join(folder, `${name}.log`), 'behind')
  expect([done, running, never].map(logs.of)).toEqual(['before', 'behind', ''])
})
