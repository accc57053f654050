import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { testBase } from '../support/machine.ts'
import { type TestIoc, withIoc } from '../support/with-ioc.ts'

const run = promisify(execFile)
const record = (value: number) => [
  ...['-d', join(import.meta.dirname, 'fixtures/value.db')],
  `VALUE=${value}`,
]

describe.skipIf(!testBase())('IOCs of tests and smoke tests', () => {
  test('two IOCs with the same PV do not see each other', async () => {
    await withIoc(record(1), {}, (first) =>
      withIoc(record(2), {}, async (second) => {
        expect(await first.get('ISOLATION:Value')).toEqual({ text: '1', number: 1 })
        expect(await second.get('ISOLATION:Value')).toEqual({ text: '2', number: 2 })
        first.command('dbpf ISOLATION:Value 11')
        await first.waitForValue('ISOLATION:Value', '11')
        expect(await second.get('ISOLATION:Value')).toMatchObject({ text: '2' })
        expect(new Set([...Object.values(first.ports), ...Object.values(second.ports)]).size).toBe(
          10,
        )
      }),
    )
  })

  test.each([
    [
      'CA: caproto',
      `from caproto.sync.client import read
print(read("ISOLATION:Value", timeout=10, repeater=False).data[0])`,
    ],
    [
      'PVA: p4p',
      `from p4p.client.thread import Context
print(int(Context("pva").get("ISOLATION:Value", timeout=10)))`,
    ],
  ])('%s finds the IOC whose environment it has', async (_title, program) => {
    await withIoc(record(1), {}, (first) =>
      withIoc(record(2), {}, async (second) => {
        expect(await python(program, first)).toBe('1')
        expect(await python(program, second)).toBe('2')
      }),
    )
  })

  test('its servers listen on the loopback interface only', async () => {
    await withIoc(record(1), {}, async ({ pid, ports }) => {
      const open = await listeningAddresses(pid)
      expect(open).toContain(`127.0.0.1:${ports.ca}`)
      expect(open).toContain(`127.0.0.1:${ports.pva}`)
      expect(open.filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([])
    })
  })

  test('it has a run directory of its own, and ends with the test', async () => {
    const pids: number[] = []
    const failing = withIoc(record(1), {}, async ({ pid, runtimeDirectory }) => {
      pids.push(pid)
      const uid = process.getuid?.() ?? 0
      const names = readdirSync(join(runtimeDirectory, `iocsh-${uid}`))
      expect(names.filter((name) => !['plans', 'answers'].includes(name))).toHaveLength(1)
      throw new Error('the test fails')
    })
    await expect(failing).rejects.toThrow('the test fails')
    expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH')
  })
})

async function python(program: string, { clientEnvironment }: TestIoc): Promise<string> {
  const { stdout } = await run('python3', ['-c', program], { env: { ...clientEnvironment } })
  return stdout.trim()
}

/** Local addresses of the listening TCP sockets of a process, from proc(5). */
async function listeningAddresses(pid: number): Promise<string[]> {
  const program = `
import os, socket, struct, sys
pid = sys.argv[1]
own = {os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")}
for line in open(f"/proc/{pid}/net/tcp").readlines()[1:]:
    fields = line.split()
    if fields[3] == "0A" and f"socket:[{fields[9]}]" in own:
        host, port = fields[1].split(":")
        print(f'{socket.inet_ntoa(struct.pack("<I", int(host, 16)))}:{int(port, 16)}')`
  const { stdout } = await run('python3', ['-c', program, String(pid)])
  return stdout.trim().split('\n')
}
