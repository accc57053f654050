import { connect, type Connection as LoopbackConnection } from '../loopback-connection.ts'
import { commands, decode, encode, encodeText, numberWriter, type PvaMessage } from './messages.ts'

type Connection = LoopbackConnection<PvaMessage>

/**
 * Which of these names the PVA server on the loopback interface has: groups of records are served
 * over PV Access only. Rejects if there is no such server; `timeout` is for each answer.
 */
export async function findPvs(
  names: readonly string[],
  { port, timeout }: { readonly port: number; readonly timeout: number },
): Promise<ReadonlySet<string>> {
  const connection = await connect({ port, timeout, name: 'the PVA server', decode })
  try {
    const isBigEndian = await introduceOurselves(connection)
    const found = new Set<string>()
    for (const [id, name] of names.entries()) {
      if (await hasChannel({ connection, isBigEndian }, name, id)) found.add(name)
    }
    return found
  } finally {
    connection.close()
  }
}

/** Ends when the server accepts us; tells its byte order, which we have to use too. */
async function introduceOurselves(connection: Connection): Promise<boolean> {
  const { isBigEndian } = await connection.receive(isAnswer(commands.connectionValidation))
  const numbers = numberWriter(isBigEndian)
  connection.send(
    encode(
      { command: commands.connectionValidation, isBigEndian },
      // Size of our buffer, number of types that we remember, quality of service.
      ...[numbers.int32(0x10000), numbers.int16(0x7fff), numbers.int16(0)],
      // No user name: 0xff is the type of no data at all.
      ...[encodeText('anonymous', numbers), Buffer.from([0xff])],
    ),
  )
  await connection.receive(isAnswer(commands.connectionValidated))
  return isBigEndian
}

interface Session {
  readonly connection: Connection
  readonly isBigEndian: boolean
}

async function hasChannel(
  { connection, isBigEndian }: Session,
  name: string,
  id: number,
): Promise<boolean> {
  const numbers = numberWriter(isBigEndian)
  const parts = [numbers.int16(1), numbers.int32(id), encodeText(name, numbers)]
  connection.send(encode({ command: commands.createChannel, isBigEndian }, ...parts))
  const { payload } = await connection.receive(
    (message) => isAnswer(commands.createChannel)(message) && channelId(message) === id,
  )
  return isGood(payload.readUInt8(8))
}

function isAnswer(command: number): (message: PvaMessage) => boolean {
  return (message) => !message.isControl && message.command === command
}

function channelId({ payload, isBigEndian }: PvaMessage): number {
  return isBigEndian ? payload.readInt32BE(0) : payload.readInt32LE(0)
}

/** First byte of a status: 0xff is plain OK, 0 is OK and 1 a warning with a text behind it. */
function isGood(status: number): boolean {
  return status === 0xff || status === 0 || status === 1
}
