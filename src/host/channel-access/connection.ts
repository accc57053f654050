import { connect as connectSocket, type Socket } from 'node:net'
import { decode, type Message } from './messages.ts'

/** A connection to one CA server. */
export interface Connection {
  send(...messages: readonly Buffer[]): void
  /** The next message that `wanted` accepts; others are dropped. Rejects when nothing comes. */
  receive(wanted: (message: Message) => boolean): Promise<Message>
  close(): void
}

/** Connects to a server on the loopback interface; `timeout` is in milliseconds, for each answer. */
export async function connect(port: number, timeout: number): Promise<Connection> {
  const socket = await openSocket(port, timeout)
  const queue = messageQueue(socket, timeout)
  return {
    send: (...messages) => void socket.write(Buffer.concat(messages)),
    async receive(wanted) {
      for (;;) {
        const message = await queue.next()
        if (wanted(message)) return message
      }
    },
    close: () => void socket.destroy(),
  }
}

/** Whether something accepts connections on a port of the loopback interface. */
export async function isListening(port: number): Promise<boolean> {
  try {
    const socket = await openSocket(port, 1000)
    socket.destroy()
    return true
  } catch {
    return false
  }
}

function openSocket(port: number, timeout: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ port, host: '127.0.0.1' })
    const fail = (reason: string) => {
      socket.destroy()
      reject(new Error(reason))
    }
    socket.once('error', () => fail(`no CA server listens on port ${port}`))
    socket.setTimeout(timeout, () => fail(`the CA server on port ${port} does not answer`))
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      socket.removeAllListeners('timeout')
      socket.setTimeout(0)
      resolve(socket)
    })
  })
}

interface Waiter {
  resolve(message: Message): void
  reject(error: Error): void
}

function messageQueue(socket: Socket, timeout: number): { next(): Promise<Message> } {
  const messages: Message[] = []
  let received = Buffer.alloc(0)
  let closed: Error | undefined
  let waiter: Waiter | undefined
  socket.on('data', (data: Buffer) => {
    received = Buffer.concat([received, data])
    for (let part = decode(received); part; part = decode(received)) {
      messages.push(part.message)
      received = Buffer.from(part.rest)
    }
    const first = waiter && messages.shift()
    if (first) waiter?.resolve(first)
  })
  const end = () => {
    closed = new Error('the CA server closed the connection')
    waiter?.reject(closed)
  }
  socket.on('error', end)
  socket.on('close', end)
  return { next }

  function next(): Promise<Message> {
    const first = messages.shift()
    if (first) return Promise.resolve(first)
    if (closed) return Promise.reject(closed)
    return new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new Error('the CA server does not answer'))),
        timeout,
      )
      const settle = (act: () => void) => {
        clearTimeout(timer)
        waiter = undefined
        act()
      }
      waiter = {
        resolve: (message) => settle(() => resolve(message)),
        reject: (error) => settle(() => reject(error)),
      }
    })
  }
}
