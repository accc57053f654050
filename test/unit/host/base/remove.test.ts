import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordFile } from '../../../../src/host/base/embedded.ts'
import { removeBase } from '../../../../src/host/base/remove.ts'
import { processesUsing } from '../../../../src/host/processes-using.ts'

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'remove-'))
})
afterEach(() => rmSync(data, { recursive: true }))

function addBase(version: string): string {
  const directory = join(data, 'e3/base', version)
  mkdirSync(join(directory, 'configure'), { recursive: true })
  writeFileSync(join(directory, recordFile), '{}')
  return directory
}

function linkTo(folder: string): string {
  const link = join(folder, 'link')
  symlinkSync(folder, link)
  return link
}

test('a base is removed whole', () => {
  const directory = addBase('7.0.1.99.0.1')
  const { base, diagnostics } = removeBase({
    version: '7.0.1.99.0.1',
    env: { XDG_DATA_HOME: data },
  })
  expect(base?.directory).toBe(directory)
  expect(diagnostics).toEqual([])
  expect(readdirSync(join(data, 'e3/base'))).toEqual([])
})

test.each(['7.0.2.99.0.1', '../7.0.1.99.0.1', '', '.'])('%j is not installed', (version) => {
  const directory = addBase('7.0.1.99.0.1')
  const { diagnostics } = removeBase({ version, env: { XDG_DATA_HOME: data } })
  expect(diagnostics[0]).toMatchObject({
    code: 'BASE_NOT_FOUND',
    notes: [{ message: 'installed: 7.0.1.99.0.1' }],
  })
  expect(existsSync(directory)).toBe(true)
})

test.each([
  ['', (home: string) => home],
  [', also where a link leads to it', linkTo],
])('a base that a process uses is removed by force only%s', async (_, placed) => {
  const directory = addBase('7.0.1.99.0.1')
  const home = placed(data)
  copyFileSync('/bin/sleep', join(directory, 'softIocPVA'))
  const process = spawn(join(directory, 'softIocPVA'), ['60'], { stdio: 'ignore' })
  const request = { version: '7.0.1.99.0.1', env: { XDG_DATA_HOME: home } }
  try {
    await new Promise((resolve) => process.once('spawn', resolve))
    const refused = removeBase(request)
    expect(refused.diagnostics[0]?.code).toBe('BASE_IN_USE')
    expect(refused.diagnostics[0]?.message).toContain(`softIocPVA (pid ${process.pid})`)
    expect(processesUsing(`${directory}x`)).toEqual([])
    expect(removeBase({ ...request, force: true }).base?.version).toBe('7.0.1.99.0.1')
    expect(existsSync(directory)).toBe(false)
  } finally {
    process.kill('SIGKILL')
  }
})
