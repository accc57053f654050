import type { PvReading } from '../../smoke/expectation.ts'
import type { PvOutcome } from '../../smoke/smoke-run.ts'
import { connect, type Connection as LoopbackConnection } from '../loopback-connection.ts'
import {
  commands,
  dataTypes,
  decode,
  decodeText,
  encode,
  encodeText,
  type Message,
} from './messages.ts'

type Connection = LoopbackConnection<Message>

/** Where to read; `timeout` is in milliseconds, for each answer. */
export interface CaServer {
  readonly port: number
  readonly timeout: number
}

/**
 * Reads PVs from the CA server on the loopback interface, one after the other over one TCP
 * connection: no search is needed, so that no other server can answer. Of an array the first
 * element is read, of an array of characters all of them as text.
 */
export async function readPvs(names: readonly string[], server: CaServer): Promise<PvOutcome[]> {
  let connection: Connection
  try {
    connection = await connect({ ...server, name: 'the CA server', decode })
  } catch (error) {
    return names.map(() => unreadable(error))
  }
  try {
    greet(connection)
    const outcomes: PvOutcome[] = []
    for (const [id, name] of names.entries()) outcomes.push(await readPv(connection, name, id))
    return outcomes
  } finally {
    connection.close()
  }
}

/** 13 is the version in which a server says how many elements an array has. */
const minorVersion = 13

function greet(connection: Connection): void {
  connection.send(
    encode({ command: commands.version, count: minorVersion }),
    encode({ command: commands.clientName, payload: encodeText('e3') }),
    encode({ command: commands.hostName, payload: encodeText('localhost') }),
  )
}

async function readPv(connection: Connection, name: string, id: number): Promise<PvOutcome> {
  try {
    const channel = await createChannel(connection, name, id)
    if (!channel) return { kind: 'missing' }
    return { kind: 'value', reading: await readValue(connection, channel) }
  } catch (error) {
    return unreadable(error)
  }
}

interface Channel {
  readonly serverId: number
  readonly dataType: number
  readonly count: number
}

async function createChannel(
  connection: Connection,
  name: string,
  id: number,
): Promise<Channel | undefined> {
  connection.send(
    encode({
      command: commands.createChannel,
      p1: id,
      p2: minorVersion,
      payload: encodeText(name),
    }),
  )
  const answer = await connection.receive(
    ({ command, p1 }) =>
      p1 === id && (command === commands.createChannel || command === commands.createChannelFailed),
  )
  if (answer.command === commands.createChannelFailed) return undefined
  return { serverId: answer.p2, dataType: answer.dataType, count: answer.count }
}

async function readValue(connection: Connection, channel: Channel): Promise<PvReading> {
  const { dataType, count } = channel
  if (dataType === dataTypes.char && count > 1) {
    const all = await readAs(connection, channel, { dataType, count: 0 })
    return { text: decodeText(all.payload) }
  }
  // Asked for 0 elements, a server sends those that there are; else it fills up with zeros.
  const isArray = count !== 1
  const first = await readAs(connection, channel, {
    dataType: dataTypes.string,
    count: isArray ? 1 : 0,
  })
  if (first.count === 0 || (isArray && (await isEmpty(connection, channel)))) {
    return { text: '', isEmpty: true }
  }
  const text = decodeText(first.payload)
  if (dataType === dataTypes.string) return { text, ...(isFull(first.payload) && { isCut: true }) }
  const number = await readAs(connection, channel, { dataType: dataTypes.double, count: 1 })
  if (number.payload.length < 8) return { text }
  const isSingle = dataType === dataTypes.float
  return { text, number: number.payload.readDoubleBE(0), ...(isSingle && { isSingle }) }
}

/** Asks for all elements in the least bytes that they can be converted to. */
async function isEmpty(connection: Connection, channel: Channel): Promise<boolean> {
  const { string, char } = dataTypes
  const dataType = channel.dataType === string ? string : char
  return (await readAs(connection, channel, { dataType, count: 0 })).count === 0
}

/** epicsTypes.h: a string has 40 bytes, the last of which ends it. */
function isFull(payload: Buffer): boolean {
  return payload.indexOf(0) >= 39
}

let requests = 0

async function readAs(
  connection: Connection,
  { serverId }: Channel,
  wanted: Pick<Message, 'dataType' | 'count'>,
): Promise<Message> {
  const request = ++requests
  connection.send(encode({ command: commands.readNotify, ...wanted, p1: serverId, p2: request }))
  const answer = await connection.receive(
    ({ command, p2 }) => command === commands.readNotify && p2 === request,
  )
  if (answer.p1 !== statusNormal) {
    throw new Error(`the CA server refuses to read it (status ${answer.p1 >> 3})`)
  }
  return answer
}

/** caerr.h: ECA_NORMAL; the message number is in the bits from 3 up. */
const statusNormal = 1

function unreadable(error: unknown): PvOutcome {
  return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) }
}
