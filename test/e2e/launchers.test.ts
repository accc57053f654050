import { mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { privateNetwork } from '../support/epics-network.ts'
import {
  embeddedTestBase,
  hasProgram,
  pythonEnvironment,
  repository,
  testBase,
} from '../support/machine.ts'
import { start, stopAll, waitFor } from '../support/process.ts'

const base = testBase()
const iocsh = join(repository, 'bin/iocsh')
const startupScript = join(repository, 'examples/records/st.cmd')

/** In the welcome text; a line of its own if the child starts after the connection. */
const childPid = /(?:Child "demo" PID|PID of new child "demo" is): (\d+)/

afterEach(stopAll)

describe.skipIf(!base)('what starts iocsh at other sites works unchanged', () => {
  test('run-iocsh: starts, waits, checks the output, sends exit', async () => {
    const env = await environment()
    const run = start('run-iocsh', ['--settle', '0.2', startupScript], { env })
    expect(await run.ended, run.text()).toBe(0)
  })

  test('run-iocsh: an input error is its failure', async () => {
    const env = await environment()
    const run = start('run-iocsh', ['-r', 'nosuchmodule'], { env })
    expect(await run.ended, run.text()).toBe(1)
  })

  test.skipIf(!hasProgram('procServ'))(
    'procServ: its child is the IOC itself, which its signals reach',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'e3-procserv-'))
      const endpoint = join(folder, 'console')
      const options = ['-f', '--noautorestart', '-n', 'demo', '-P', `unix:${endpoint}`]
      const env = { ...(await environment()), EPICS_BASE: await embeddedTestBase() }
      const server = start('procServ', [...options, iocsh, startupScript], { env })
      const ioc = await openConsole(endpoint)
      await ioc.until(/All initialization complete/)

      const pid = childPid.exec(ioc.text())?.[1] ?? ''
      expect(readlinkSync(`/proc/${pid}/exe`)).toMatch(/softIocPVA$/)
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toContain(`PPid:\t${server.child.pid}\n`)

      ioc.type('dbgf DEMO:Setpoint')
      await ioc.until(/DBF_DOUBLE:\s+20\b/)
      process.kill(Number(pid), 'SIGTERM')
      await ioc.until(/Normal exit status = 143/)
      ioc.close()
      server.child.kill('SIGTERM')
      await server.ended
      rmSync(folder, { recursive: true })
    },
  )
})

async function environment(): Promise<NodeJS.ProcessEnv> {
  const python = pythonEnvironment()
  const path = [join(repository, 'bin'), python.PATH].join(delimiter)
  return { ...process.env, ...python, ...(await privateNetwork()), PATH: path, EPICS_BASE: base }
}

interface Console {
  readonly text: () => string
  readonly type: (line: string) => void
  readonly until: (pattern: RegExp) => Promise<void>
  readonly close: () => void
}

/** Connects as users of procServ do, as soon as it listens. */
async function openConsole(path: string): Promise<Console> {
  const socket = await connected(path)
  let text = ''
  socket.on('data', (data: Buffer) => {
    text += data.toString()
  })
  return {
    text: () => text,
    type: (line) => void socket.write(`${line}\n`),
    until: (pattern) => waitFor(pattern, () => text),
    close: () => void socket.destroy(),
  }
}

function connected(path: string, attempts = 100): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.on('connect', () => resolve(socket))
    socket.on('error', (error) => {
      if (attempts === 0) reject(error)
      else setTimeout(() => connected(path, attempts - 1).then(resolve, reject), 50)
    })
  })
}
