/** A message of the Channel Access protocol; p1 and p2 mean something else in each command. */
export interface Message {
  readonly command: number
  readonly dataType: number
  readonly count: number
  readonly p1: number
  readonly p2: number
  readonly payload: Buffer
}

/** Commands that are used here (Channel Access Protocol Specification, 1.6). */
export const commands = {
  version: 0,
  error: 11,
  readNotify: 15,
  createChannel: 18,
  clientName: 20,
  hostName: 21,
  createChannelFailed: 26,
  serverDisconnected: 27,
} as const

/** Data types of values without a time stamp or a status. */
export const dataTypes = { string: 0, float: 2, enumeration: 3, char: 4, double: 6 } as const

const headerLength = 16

/** A message as it is sent; nothing that we send needs the large header. */
export function encode(message: Partial<Omit<Message, 'command'>> & Pick<Message, 'command'>) {
  const payload = message.payload ?? Buffer.alloc(0)
  const header = Buffer.alloc(headerLength)
  header.writeUInt16BE(message.command, 0)
  header.writeUInt16BE(payload.length, 2)
  header.writeUInt16BE(message.dataType ?? 0, 4)
  header.writeUInt16BE(message.count ?? 0, 6)
  header.writeUInt32BE(message.p1 ?? 0, 8)
  header.writeUInt32BE(message.p2 ?? 0, 12)
  return Buffer.concat([header, payload])
}

/** A text with its final NUL, filled up to a multiple of 8 bytes. */
export function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  const padded = Buffer.alloc(Math.ceil((bytes.length + 1) / 8) * 8)
  bytes.copy(padded)
  return padded
}

/** The text before the first NUL. */
export function decodeText(payload: Buffer): string {
  const end = payload.indexOf(0)
  return payload.toString('utf8', 0, end < 0 ? payload.length : end)
}

/** The first message in what was received, and the rest; undefined if it is not yet complete. */
export function decode(received: Buffer): { message: Message; rest: Buffer } | undefined {
  if (received.length < headerLength) return undefined
  const isLarge = received.readUInt16BE(2) === 0xffff
  const start = headerLength + (isLarge ? 8 : 0)
  if (received.length < start) return undefined
  const size = isLarge ? received.readUInt32BE(16) : received.readUInt16BE(2)
  if (received.length < start + size) return undefined
  const message: Message = {
    command: received.readUInt16BE(0),
    dataType: received.readUInt16BE(4),
    count: isLarge ? received.readUInt32BE(20) : received.readUInt16BE(6),
    p1: received.readUInt32BE(8),
    p2: received.readUInt32BE(12),
    payload: received.subarray(start, start + size),
  }
  return { message, rest: received.subarray(start + size) }
}
