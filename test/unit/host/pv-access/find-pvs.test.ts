import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { findPvs } from '../../../../src/host/pv-access/find-pvs.ts'
import { decode, encode, numberWriter } from '../../../../src/host/pv-access/messages.ts'

const [validation, createChannel, validated] = [1, 7, 9]

test.each([true, false])('names that the server has (big-endian: %s)', async (isBigEndian) => {
  const port = await serve(['A:Group', 'A:Warned'], isBigEndian)
  const found = await findPvs(['A:None', 'A:Group', 'A:Warned'], { port, timeout: 1000 })
  expect(found).toEqual(new Set(['A:Group', 'A:Warned']))
})

test('no server', async () => {
  const port = await serve([], true)
  await findPvs([], { port, timeout: 1000 })
  await expect(findPvs(['A'], { port, timeout: 1000 })).rejects.toThrow(
    `the PVA server does not listen on port ${port}`,
  )
})

/** A server for one connection; it takes any client. */
function serve(names: readonly string[], isBigEndian: boolean): Promise<number> {
  const numbers = numberWriter(isBigEndian)
  const server = createServer((socket) => {
    server.close()
    socket.write(Buffer.from([0xca, 2, isBigEndian ? 0xc1 : 0x41, 2, 0, 0, 0, 0]))
    socket.write(encode({ command: validation, isBigEndian }, numbers.int32(0)))
    socket.on('data', (data: Buffer) => {
      const message = decode(data)?.message
      if (message?.command === validation) {
        socket.write(encode({ command: validated, isBigEndian }, Buffer.from([0xff])))
      }
      if (message?.command !== createChannel) return
      const id = message.payload.subarray(2, 6)
      const name = message.payload.subarray(7).toString()
      const status = Buffer.from([names.includes(name) ? (name === 'A:Warned' ? 1 : 0xff) : 2])
      const answer = [id, numbers.int32(1), status]
      socket.write(encode({ command: createChannel, isBigEndian }, ...answer))
    })
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
