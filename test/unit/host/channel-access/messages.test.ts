import { describe, expect, test } from 'vitest'
import {
  commands,
  decode,
  decodeText,
  encode,
  encodeText,
} from '../../../../src/host/channel-access/messages.ts'

test('a message is read back, and what follows it stays', () => {
  const bytes = encode({
    ...{ command: commands.readNotify, dataType: 6, count: 1, p1: 1, p2: 0xffffffff },
    payload: encodeText('abc'),
  })
  const read = decode(Buffer.concat([bytes, Buffer.from('next')]))
  expect(read?.message).toEqual({
    ...{ command: commands.readNotify, dataType: 6, count: 1, p1: 1, p2: 0xffffffff },
    payload: Buffer.from('abc\0\0\0\0\0'),
  })
  expect(read?.rest.toString()).toBe('next')
})

test('a large message has its size and count behind the header', () => {
  const header = encode({ command: commands.readNotify, dataType: 4, p1: 1, p2: 7 })
  header.writeUInt16BE(0xffff, 2)
  const sizes = Buffer.alloc(8)
  sizes.writeUInt32BE(70_000, 0)
  sizes.writeUInt32BE(69_999, 4)
  const bytes = Buffer.concat([header, sizes, Buffer.alloc(70_000, 'x')])
  expect(decode(bytes)?.message).toMatchObject({ count: 69_999, p2: 7 })
  expect(decode(bytes)?.message.payload).toHaveLength(70_000)
  expect(decode(bytes.subarray(0, 20))).toBeUndefined()
})

test('a message that is not complete is not read', () => {
  const bytes = encode({ command: commands.createChannel, payload: encodeText('A:B') })
  for (let length = 0; length < bytes.length; length++) {
    expect(decode(bytes.subarray(0, length))).toBeUndefined()
  }
})

describe('texts', () => {
  test.each([
    ['', 8],
    ['1234567', 8],
    ['12345678', 16],
    ['°C', 8],
  ])('"%s" takes %i bytes', (text, length) => {
    expect(encodeText(text)).toHaveLength(length)
    expect(decodeText(encodeText(text))).toBe(text)
  })

  test('a text may fill its field to the end', () => {
    expect(decodeText(Buffer.from('abcd'))).toBe('abcd')
  })
})
