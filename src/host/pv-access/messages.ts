/** A message of the PV Access protocol. */
export interface PvaMessage {
  readonly command: number
  /** Control messages have commands of their own and no payload. */
  readonly isControl: boolean
  readonly isBigEndian: boolean
  readonly payload: Buffer
}

/** Commands that are used here (pvAccess Protocol Specification). */
export const commands = {
  connectionValidation: 1,
  createChannel: 7,
  connectionValidated: 9,
} as const

const magic = 0xca
const version = 2
const headerLength = 8
const flags = { control: 0x01, bigEndian: 0x80 } as const

/** Numbers in the byte order that the server has chosen. */
export interface NumberWriter {
  int16(value: number): Buffer
  int32(value: number): Buffer
}

export function numberWriter(isBigEndian: boolean): NumberWriter {
  const write = (length: number, value: number) => {
    const bytes = Buffer.alloc(length)
    if (isBigEndian) bytes.writeIntBE(value, 0, length)
    else bytes.writeIntLE(value, 0, length)
    return bytes
  }
  return { int16: (value) => write(2, value), int32: (value) => write(4, value) }
}

/** A message as a client sends it. */
export function encode(
  { command, isBigEndian }: Pick<PvaMessage, 'command' | 'isBigEndian'>,
  ...parts: readonly Buffer[]
): Buffer {
  const payload = Buffer.concat(parts)
  const flagByte = isBigEndian ? flags.bigEndian : 0
  const size = numberWriter(isBigEndian).int32(payload.length)
  return Buffer.concat([Buffer.from([magic, version, flagByte, command]), size, payload])
}

/** A text with its length, which from 254 on needs four bytes more. */
export function encodeText(text: string, numbers: NumberWriter): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length < 254) return Buffer.concat([Buffer.from([bytes.length]), bytes])
  return Buffer.concat([Buffer.from([254]), numbers.int32(bytes.length), bytes])
}

/** The first message in what was received, and the rest; undefined if it is not yet complete. */
export function decode(received: Buffer): { message: PvaMessage; rest: Buffer } | undefined {
  if (received.length < headerLength) return undefined
  const flagByte = received.readUInt8(2)
  const isBigEndian = (flagByte & flags.bigEndian) !== 0
  const isControl = (flagByte & flags.control) !== 0
  // The size field of a control message is its data.
  const size = isControl ? 0 : isBigEndian ? received.readUInt32BE(4) : received.readUInt32LE(4)
  if (received.length < headerLength + size) return undefined
  const payload = received.subarray(headerLength, headerLength + size)
  const message = { command: received.readUInt8(3), isControl, isBigEndian, payload }
  return { message, rest: received.subarray(headerLength + size) }
}
