import { connect as connectSocket, type Socket } from 'node:net'

/** A server on the loopback interface and its protocol. */
export interface Server<T> {
  readonly port: number
  /** Milliseconds, for each answer. */
  readonly timeout: number
  /** How messages call it: `the CA server`. */
  readonly name: string
  /** The first message in what was received, and the rest; undefined if it is not yet complete. */
  readonly decode: (received: Buffer) => { message: T; rest: Buffer } | undefined
}

/** A connection to one server. */
export interface Connection<T> {
  send(...messages: readonly Buffer[]): void
  /** The next message that `wanted` accepts; others are dropped. Rejects when nothing comes. */
  receive(wanted: (message: T) => boolean): Promise<T>
  close(): void
}

/** Connects to a server; rejects with the reason in words. */
export async function connect<T>(server: Server<T>): Promise<Connection<T>> {
  const socket = await openSocket(server)
  const queue = messageQueue(socket, server)
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
    const socket = await openSocket({ port, timeout: 1000, name: 'the server' })
    socket.destroy()
    return true
  } catch {
    return false
  }
}

function openSocket({ port, timeout, name }: Omit<Server<unknown>, 'decode'>): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ port, host: '127.0.0.1' })
    const fail = (reason: string) => {
      socket.destroy()
      reject(new Error(reason))
    }
    socket.once('error', () => fail(`${name} does not listen on port ${port}`))
    socket.setTimeout(timeout, () => fail(`${name} on port ${port} does not answer`))
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      socket.removeAllListeners('timeout')
      socket.setTimeout(0)
      resolve(socket)
    })
  })
}

interface Waiter<T> {
  resolve(message: T): void
  reject(error: Error): void
}

function messageQueue<T>(
  socket: Socket,
  { timeout, name, decode }: Server<T>,
): { next(): Promise<T> } {
  const messages: T[] = []
  let received: Buffer = Buffer.alloc(0)
  let closed: Error | undefined
  let waiter: Waiter<T> | undefined
  socket.on('data', (data: Buffer) => {
    received = Buffer.concat([received, data])
    for (let part = decode(received); part; part = decode(received)) {
      messages.push(part.message)
      received = part.rest
    }
    const first = waiter && messages.shift()
    if (first) waiter?.resolve(first)
  })
  const end = () => {
    closed = new Error(`${name} closed the connection`)
    waiter?.reject(closed)
  }
  socket.on('error', end)
  socket.on('close', end)
  return { next }

  function next(): Promise<T> {
    const first = messages.shift()
    if (first) return Promise.resolve(first)
    if (closed) return Promise.reject(closed)
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new Error(`${name} does not answer`))),
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
