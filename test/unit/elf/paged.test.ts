import { expect, test } from 'vitest'
import { fieldsOf, nameBytes } from '../../../src/elf/fields.ts'
import { tableFields } from '../../../src/elf/paged.ts'
import { bytesReader } from '../../../src/elf/reader.ts'

const encoding = { wide: true, little: true }
const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => 33 + ((index * 7) % 90))
for (const at of [8190, 8200, 20_000, 40_000]) bytes[at] = 0

test.each([0, 1, 8185, 8188, 8191, 8192, 16_380, 39_000, 99_990, 99_999, 100_000])(
  'a table read page by page equals one in memory: at %i',
  (at) => {
    const paged = tableFields(bytesReader(bytes), { offset: 3, size: bytes.length - 3 }, encoding)
    const whole = fieldsOf(bytes.subarray(3), encoding)
    for (const read of ['u8', 'u16', 'u32', 'word', 'text'] as const) {
      expect(paged[read](at)).toBe(whole[read](at))
    }
    for (const name of [whole.text(at), 'x', whole.text(at).slice(1)].map(nameBytes)) {
      expect(paged.hasText(at, name)).toBe(whole.hasText(at, name))
    }
  },
)

test('only the pages that are asked for are read', () => {
  let read = 0
  const reader = bytesReader(bytes)
  const counted = {
    size: reader.size,
    read: (offset: number, length: number) => {
      read += length
      return reader.read(offset, length)
    },
  }
  const paged = tableFields(counted, { offset: 0, size: bytes.length }, encoding)
  for (let at = 50_000; at < 50_100; at++) paged.u32(at)
  expect(read).toBeLessThan(20_000)
})
