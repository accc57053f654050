import { afterAll, describe, expect, test } from 'vitest'
import { newWorkspace } from '../../support/launch.ts'
import { exampleModules, testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'

const workspace = newWorkspace({
  'st.cmd': 'epicsEnvSet("WHAT", "simramp")\nrequire $(WHAT)\n',
  'bad.cmd': 'require simramp\nrequire simdevice,0.9.0\n',
})
afterAll(workspace.remove)
const run = (...args: string[]) =>
  runE3(args, {
    cwd: workspace.directory,
    env: { EPICS_DRIVER_PATH: exampleModules, E3_SITEMODS_PATH: '' },
  })

describe.skipIf(testBase() === undefined)('e3 why', () => {
  test('the chain from the module to the line of the script', async () => {
    const { stdout, stderr, status } = await run('why', 'simdevice', 'st.cmd')
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(
        /^ {2}simramp 1\.1\.0\+0 asks for simdevice 1\.0\.0\+0: \S+\.dep:\d+:1$/,
      ),
      expect.stringMatching(/^ {4}simramp is asked for here: st\.cmd:2:9$/),
    ])
  })

  test('another version', async () => {
    const { stdout } = await run('why', 'simdevice,9.0.0', '-r', 'simramp')
    expect(stdout).toContain('9.0.0 is not taken: it is not installed')
  })

  test.each([
    ['nobody loads it', ['nothing', 'st.cmd'], 'NOTHING_FOUND', 1],
    ['what the script asks for is not there', ['simdevice', 'bad.cmd'], 'REQUIRE_NOT_FOUND', 1],
    ['no script', ['simdevice', 'no.cmd'], 'FILE_NOT_FOUND', 1],
    ['no name', ['a/b'], 'MODULE_NAME_INVALID', 2],
  ])('%s', async (_title, args, code, status) => {
    const ended = await run('why', ...args)
    expect(ended.stderr).toContain(`error[${code}]`)
    expect(ended.status).toBe(status)
  })
})

test.each([
  ['modules', ['2', 'e3', 'list', 'sim'], ['simdevice', 'simramp']],
  ['versions behind a comma', ['2', 'e3', 'info', 'simdevice,'], ['simdevice,1.0.0+0']],
  ['versions as a word', ['3', 'e3', 'uninstall', 'simramp', ''], ['1.1.0+0']],
  ['below another command', ['3', 'e3', 'tree', 'verify', 'simd'], ['simdevice']],
  ['files where no module is meant', ['2', 'e3', 'install', 'sim'], []],
])('completion offers %s', async (_title, words, expected) => {
  const { stdout } = await run('complete', ...words)
  const offered = stdout.split('\n').filter(Boolean)
  expect(offered).toEqual(expect.arrayContaining(expected))
  if (expected.length === 0) expect(offered).toEqual([])
})
