import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatIdentity, identifyProcess } from '../../../src/host/process-identity.ts'
import { runningIocs } from '../../../src/host/running-iocs.ts'
import { writeFiles } from '../../support/stage.ts'

let runtime = ''
beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), 'run-'))
})
afterEach(() => rmSync(runtime, { recursive: true, force: true }))

const identity = identifyProcess(process.pid)
const running = identity ? formatIdentity(identity) : ''
const here = () =>
  runningIocs({ XDG_RUNTIME_DIR: runtime }).filter(({ iocName }) => iocName.startsWith('LAB:OWN'))
const modules = [{ name: 'asyn', version: '1.0.0', directory: '/m/asyn/1.0.0' }]

test('an IOC that runs, with its modules', () => {
  writeFiles(join(runtime, 'iocsh-7/x-1'), {
    process: running,
    'plan.json': JSON.stringify({ iocName: 'LAB:OWN', modules: [...modules, 7, {}] }),
  })
  expect(here()).toEqual([{ iocName: 'LAB:OWN', pid: process.pid, modules }])
})

test.each([
  ['is gone', running.replace(/ \d+ /, ' 1 '), JSON.stringify({ iocName: 'LAB:OWN', modules })],
  ['has no process', '', JSON.stringify({ iocName: 'LAB:OWN', modules })],
  ['has half a plan', running, '{"iocName": "LAB:OWN'],
  ['has no plan', running, '7'],
])('one that %s', (_title, process, plan) => {
  writeFiles(join(runtime, 'iocsh-7/x-1'), { process, 'plan.json': plan })
  expect(here()).toEqual([])
})
