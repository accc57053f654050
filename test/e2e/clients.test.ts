import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { privateNetwork } from '../support/epics-network.ts'
import { exampleModules, pythonEnvironment, repository, testBase } from '../support/machine.ts'
import { type Running, start, stopAll } from '../support/process.ts'

const base = testBase()
const startupScript = join(repository, 'examples/two-modules/st.cmd')

describe.skipIf(!base)('values of an IOC as clients see them', () => {
  let env: NodeJS.ProcessEnv
  let ioc: Running

  beforeAll(async () => {
    env = { ...process.env, ...(await privateNetwork()), EPICS_BASE: base }
    const args = ['-S', '-l', exampleModules, startupScript]
    ioc = start(join(repository, 'bin/iocsh'), args, { env })
    await ioc.until(/All initialization complete/)
  })
  afterAll(stopAll)

  test.each([
    ['CA, caproto', readWithCaproto],
    ['PVA, p4p', readWithP4p],
  ])('%s reads a value of device support', async (_, read) => {
    expect(await python(read('EXAMPLE:Water:SetpointRBV'))).toBe('21.0')
    expect(Number(await python(read('EXAMPLE:Water:Temperature')))).toBeCloseTo(21, 0)
  })

  test('PVA, p4p writes a target and the ramp arrives', async () => {
    await python(writeWithP4p('EXAMPLE:Oven:RampRate', 6000))
    await python(writeWithP4p('EXAMPLE:Oven:RampTarget', 31))
    await expect
      .poll(() => python(readWithP4p('EXAMPLE:Oven:RampSetpoint')), { timeout: 10_000 })
      .toBe('31.0')
  })

  test('SIGTERM ends the IOC, which is the process that was started', async () => {
    ioc.child.kill('SIGTERM')
    expect(await ioc.ended).toBe(143)
  })

  async function python(code: string): Promise<string> {
    const run = start('python3', ['-c', code], { env: { ...env, ...pythonEnvironment() } })
    const status = await run.ended
    if (status !== 0) throw new Error(run.text())
    return run.text().trim()
  }
})

// Without its repeater, a process that would live on.
function readWithCaproto(name: string): string {
  return `
from caproto.sync.client import read
print(read(${JSON.stringify(name)}, timeout=10, repeater=False).data[0])
`
}

function readWithP4p(name: string): string {
  return `
from p4p.client.thread import Context
print(float(Context("pva").get(${JSON.stringify(name)}, timeout=10)))
`
}

function writeWithP4p(name: string, value: number): string {
  return `
from p4p.client.thread import Context
Context("pva").put(${JSON.stringify(name)}, ${value}, timeout=10)
`
}
