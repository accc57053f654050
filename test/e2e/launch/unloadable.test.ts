import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildModule } from '../../support/build-module.ts'
import { iocsh, launch, newWorkspace, type Workspace } from '../../support/launch.ts'
import { testBase } from '../../support/machine.ts'

const base = testBase()

let workspace: Workspace
beforeAll(async () => {
  workspace = newWorkspace({
    'halts.cmd': 'require closed\necho behind\n',
    'ends.cmd': 'on error break\nrequire closed\necho behind\n',
  })
  const root = workspace.path('modules')
  const linkFlags = ['-Wl,-z,nodlopen']
  if (base) await buildModule({ root, base, name: 'closed', version: '1.0.0', linkFlags })
})
afterAll(() => workspace.remove())

/** The loader refuses a library for a reason that no check looks at. */
describe.skipIf(!base)('a module that cannot be loaded stops the start', () => {
  test('the IOC halts', async () => {
    const args = ['5', iocsh, '-l', 'modules', 'halts.cmd']
    const { status, stdout } = await launch(workspace, args, { program: 'timeout' })
    expect(status).toBe(124)
    expect(stdout).toContain('cannot be dlopen()ed')
    expect(stdout).not.toContain('behind')
  })

  test('a mode that the script has set decides', async () => {
    const { status, stdout } = await launch(workspace, ['-l', 'modules', 'ends.cmd'])
    expect(status).toBe(2)
    expect(stdout).toContain('cannot be dlopen()ed')
    expect(stdout).not.toMatch(/behind|iocInit/)
  })
})
