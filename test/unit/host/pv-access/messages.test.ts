import { describe, expect, test } from 'vitest'
import {
  decode,
  encode,
  encodeText,
  numberWriter,
} from '../../../../src/host/pv-access/messages.ts'

describe.each([true, false])('big-endian: %s', (isBigEndian) => {
  const numbers = numberWriter(isBigEndian)

  test('a message is read back, and what follows it stays', () => {
    const message = encode({ command: 7, isBigEndian }, numbers.int16(1), Buffer.from('abc'))
    const read = decode(Buffer.concat([message, Buffer.from('next')]))
    const payload = Buffer.concat([numbers.int16(1), Buffer.from('abc')])
    expect(read?.message).toEqual({ command: 7, isControl: false, isBigEndian, payload })
    expect(read?.rest.toString()).toBe('next')
  })

  test('a message that is not complete is not read', () => {
    const message = encode({ command: 7, isBigEndian }, numbers.int32(-1))
    for (let length = 0; length < message.length; length++) {
      expect(decode(message.subarray(0, length))).toBeUndefined()
    }
  })

  test('the length of a long text takes five bytes', () => {
    expect(encodeText('A:B', numbers)).toEqual(Buffer.from('\u0003A:B'))
    const long = encodeText('x'.repeat(300), numbers)
    expect(long.subarray(0, 5)).toEqual(Buffer.concat([Buffer.from([254]), numbers.int32(300)]))
    expect(long).toHaveLength(305)
  })
})

test('a control message has no payload: its size is its data', () => {
  const setByteOrder = Buffer.from([0xca, 2, 0xc1, 2, 0xff, 0xff, 0xff, 0xff])
  expect(decode(setByteOrder)).toEqual({
    message: { command: 2, isControl: true, isBigEndian: true, payload: Buffer.alloc(0) },
    rest: Buffer.alloc(0),
  })
})
