import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { privateNetwork } from '../support/epics-network.ts'
import {
  exampleModules,
  isOwnIoc,
  pythonEnvironment,
  repository,
  testBase,
} from '../support/machine.ts'
import { type Running, start, stopAll } from '../support/process.ts'

const base = testBase()
const { version: productVersion } = JSON.parse(
  readFileSync(join(repository, 'package.json'), 'utf8'),
)
const startupScript = join(repository, 'examples/two-modules/st.cmd')

describe.skipIf(!base)('values of an IOC as clients see them', () => {
  let env: NodeJS.ProcessEnv
  let ioc: Running

  beforeAll(async () => {
    env = { ...process.env, ...(await privateNetwork()), EPICS_BASE: base }
    const args = ['-S', '-n', 'LAB:CLIENTS', '-l', exampleModules, startupScript]
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

  test('CA, caproto reads the versions of what is loaded', async () => {
    const names = [
      'RequireVersion',
      'BaseVersion',
      'simdevice_VER',
      'simramp_VER',
      'Modules',
      'Versions',
      'Labels',
    ]
    const values = JSON.parse(
      await python(readTextsWithCaproto(names.map((name) => `LAB:CLIENTS:${name}`))),
    )
    const [require, baseVersion, ...others] = values
    expect(require).toEqual([productVersion])
    expect(baseVersion[0]).toMatch(/^7\./)
    expect(others).toEqual([
      ['1.0.0+0'],
      ['1.1.0+0'],
      ['require', 'simdevice', 'simramp'],
      [productVersion, '1.0.0+0', '1.1.0+0'],
      ['Module', 'Version'],
    ])
  })

  test('PVA, p4p reads them as one table', async () => {
    expect(JSON.parse(await python(readTableWithP4p('LAB:CLIENTS:LoadedModules')))).toEqual({
      id: 'epics:nt/NTTable:1.0',
      labels: ['Module', 'Version'],
      modules: ['require', 'simdevice', 'simramp'],
      versions: [productVersion, '1.0.0+0', '1.1.0+0'],
    })
  })

  test('they are read only', async () => {
    const write = python(writeWithP4p('LAB:CLIENTS:simdevice_VER', '9.9.9'))
    await expect(write).rejects.toThrow(/put/i)
    const [[version]] = JSON.parse(
      await python(readTextsWithCaproto(['LAB:CLIENTS:simdevice_VER'])),
    )
    expect(version).toBe('1.0.0+0')
  })

  test('SIGTERM ends the IOC, which is the process that was started', async () => {
    ioc.child.kill('SIGTERM')
    expect(await ioc.ended).toBe(isOwnIoc() ? 143 : null)
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

function readTextsWithCaproto(names: readonly string[]): string {
  return `
import json
from caproto.sync.client import read
text = lambda name: [item.decode() for item in read(name, timeout=10, repeater=False).data]
print(json.dumps([text(name) for name in ${JSON.stringify(names)}]))
`
}

function readTableWithP4p(name: string): string {
  return `
import json
from p4p.client.thread import Context
table = Context("pva", nt=False).get(${JSON.stringify(name)}, timeout=10)
print(json.dumps({"id": table.getID(), "labels": list(table.labels),
                  "modules": list(table.value.MODS), "versions": list(table.value.VERS)}))
`
}

function readWithP4p(name: string): string {
  return `
from p4p.client.thread import Context
print(float(Context("pva").get(${JSON.stringify(name)}, timeout=10)))
`
}

function writeWithP4p(name: string, value: number | string): string {
  return `
from p4p.client.thread import Context
Context("pva").put(${JSON.stringify(name)}, ${JSON.stringify(value)}, timeout=10)
`
}
