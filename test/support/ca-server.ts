import { createServer, type Socket } from 'node:net'
import { decode, encode, encodeText, type Message } from '../../src/host/channel-access/messages.ts'

/** Answers to one message; nothing if the server stays silent. */
export type Answer = (message: Message, socket: Socket) => readonly Buffer[]

/** A server on the loopback interface that answers as told, in pieces of a few bytes. */
export async function withCaServer<T>(
  answer: Answer,
  body: (port: number) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let received = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data])
      for (let part = decode(received); part; part = decode(received)) {
        received = Buffer.from(part.rest)
        for (const bytes of answer(part.message, socket)) writeInPieces(socket, bytes)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  try {
    return await body(typeof address === 'object' && address ? address.port : 0)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

/** A record that the server has. */
export interface ServedPv {
  readonly dataType: number
  readonly text: string
  readonly number?: number
  /** So many elements it may have. */
  readonly count?: number
  /** So many it has; default 1. */
  readonly length?: number
  /** Status of an answer, default ECA_NORMAL. */
  readonly status?: number
}

/** Answers like rsrv, for some PVs. */
export function serve(pvs: Readonly<Record<string, ServedPv>>): Answer {
  const names = Object.keys(pvs)
  return ({ command, dataType, count, p1, p2, payload }) => {
    if (command === 18) {
      const name = payload.toString('utf8', 0, payload.indexOf(0))
      const pv = pvs[name]
      if (!pv) return [encode({ command: 26, p1 })]
      const channel = { dataType: pv.dataType, count: pv.count ?? 1, p1, p2: names.indexOf(name) }
      return [encode({ command: 22, p1, p2: 3 }), encode({ command: 18, ...channel })]
    }
    const pv = command === 15 ? pvs[names[p1] ?? ''] : undefined
    if (!pv) return []
    const value = dataType === 6 ? double(pv.number ?? 0) : encodeText(pv.text)
    const sent = count === 0 ? (pv.length ?? 1) : count
    return [encode({ command: 15, dataType, count: sent, p1: pv.status ?? 1, p2, payload: value })]
  }
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

function writeInPieces(socket: Socket, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += 5) socket.write(bytes.subarray(at, at + 5))
}
