import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { repository, testBase } from '../support/machine.ts'
import { runE3 } from '../support/run-e3.ts'

const cwd = mkdtempSync(join(tmpdir(), 'e3-new-'))
afterAll(() => rmSync(cwd, { recursive: true }))

const env = {
  EPICS_DRIVER_PATH: undefined,
  E3_SITEMODS_PATH: undefined,
  PATH: `${join(repository, 'bin')}:${process.env['PATH']}`,
}
const e3 = (folder: string, ...args: string[]) => runE3(args, { cwd: join(cwd, folder), env })

describe.skipIf(!testBase())('e3 new', () => {
  test('a module builds, is installed and serves its record', async () => {
    const made = await e3('', 'new', 'module', 'blinker')
    expect(made).toMatchObject({ status: 0, stderr: '' })
    expect(made.stdout).toContain('  blinker/src/blinker.cpp\n')
    expect(made.stdout).toContain('  blinker/.github/workflows/test.yml\n')
    expect(await e3('blinker', 'build')).toMatchObject({ status: 0 })
    expect(await e3('blinker', 'install', '--cell')).toMatchObject({ status: 0 })
    const pv = ['--pv', 'TEST:Counter']
    const smoke = await e3('blinker', 'smoke', ...pv, '--', '-l', 'cellMods', 'test/st.cmd')
    expect(smoke).toMatchObject({ status: 0 })
  })

  test('an IOC is without findings and serves its record', async () => {
    expect(await e3('', 'new', 'ioc', 'furnace')).toMatchObject({ status: 0 })
    expect(await e3('furnace', 'check')).toMatchObject({ status: 0 })
    const smoke = await e3('furnace', 'smoke', '--pv', 'FURNACE:Heartbeat', 'st.cmd')
    expect(smoke).toMatchObject({ status: 0 })
  })

  test.each([
    ['module', 'lamp', ['e3 build', 'e3 test']],
    ['ioc', 'oven', ['e3 check', 'e3 smoke']],
  ] as const)(
    'what README and workflow of a new %s say works as it is',
    async (kind, name, own) => {
      await e3('', 'new', kind, name)
      const read = (file: string) => readFileSync(join(cwd, name, file), 'utf8')
      const runs = read('.github/workflows/test.yml').matchAll(/- run: (e3 .*)/g)
      const steps = [...runs]
        .map(([, line = '']) => line)
        .filter((line) => !/base install/.test(line))
      expect(steps.map((line) => line.split(' ', 2).join(' '))).toEqual(own)
      const [, lines = ''] = /```sh\n([\s\S]*?)```/.exec(read('README.md')) ?? []
      const all = [...steps, ...lines.trim().split('\n')]
      const options = {
        cwd: join(cwd, name),
        env: { ...process.env, EPICS_BASE: testBase(), ...env },
        ...({ input: 'exit\n', encoding: 'utf8' } as const),
      }
      for (const line of all) {
        const { status, stderr } = spawnSync('sh', ['-c', line], options)
        expect({ line, status, stderr }).toMatchObject({ line, status: 0 })
      }
    },
  )

  test('a folder that is there is left alone', async () => {
    const ended = await e3('', 'new', 'module', 'furnace')
    expect(ended.stderr).toMatch(/error\[FILE_UNWRITABLE\]: .*furnace is there already/)
    expect(ended.status).toBe(3)
    expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test.each([
    ['module', 'my-module', 'MODULE_NAME_INVALID'],
    ['module', '../up', 'MODULE_NAME_INVALID'],
    ['ioc', '', 'IOC_NAME'],
    ['ioc', '1st', 'IOC_NAME'],
    ['module', 'a'.repeat(5000), 'MODULE_NAME_INVALID'],
    ['module', 'a'.repeat(25), 'MODULE_NAME_INVALID'],
    ['ioc', 'a'.repeat(31), 'IOC_NAME'],
    ['module', 'a'.repeat(5000), 'MODULE_NAME_INVALID'],
  ])('%s %j: %s', async (kind, name, code) => {
    const ended = await e3('', 'new', kind, name)
    expect(ended.stderr).toContain(`error[${code}]`)
    expect(ended.stderr).toContain(` letters, digits and "_": e3 new ${kind} `)
    expect(ended.status).toBe(1)
    expect(readdirSync(cwd).filter((file) => /^[.a]/.test(file))).toEqual([])
  })
})
