import { expect, test } from 'vitest'
import { nameBytes } from '../../../src/elf/fields.ts'
import { cachedPaths } from '../../../src/elf/loader-cache.ts'

const entries = [
  ['libz.so.1', '/lib/x86_64-linux-gnu/libz.so.1'],
  ['libz.so.1', '/lib/i386-linux-gnu/libz.so.1'],
  ['libc.so.6', '/lib/libc.so.6'],
] as const

test.each([
  ['the new format', cacheOf(entries)],
  [
    'the new format behind the old one',
    concat(nameBytes('ld.so-1.7.0\0g\0\0\0'), cacheOf(entries)),
  ],
])('paths of a library: %s', (_, bytes) => {
  expect(cachedPaths(bytes, 'libz.so.1')).toEqual([
    '/lib/x86_64-linux-gnu/libz.so.1',
    '/lib/i386-linux-gnu/libz.so.1',
  ])
  expect(cachedPaths(bytes, 'libc.so.6')).toEqual(['/lib/libc.so.6'])
  expect(cachedPaths(bytes, 'libz.so')).toEqual([])
})

test.each([0, 10, 20, 30, 48, 60, 100, 130])(
  'a file cut off after %i bytes has no such path',
  (end) => {
    expect(cachedPaths(cacheOf(entries).subarray(0, end), 'libc.so.6')).toEqual([])
  },
)

function cacheOf(lines: readonly (readonly [string, string])[]): Uint8Array {
  const start = 48 + lines.length * 24
  const texts = lines.flat()
  const places = texts.map(
    (_, index) => start + texts.slice(0, index).join('\0').length + (index > 0 ? 1 : 0),
  )
  const head = new Uint8Array(start)
  const view = new DataView(head.buffer)
  head.set(nameBytes('glibc-ld.so.cache1.1'))
  view.setUint32(20, lines.length, true)
  lines.forEach((_, index) => {
    view.setUint32(48 + index * 24 + 4, places[2 * index] ?? 0, true)
    view.setUint32(48 + index * 24 + 8, places[2 * index + 1] ?? 0, true)
  })
  return concat(head, nameBytes(`${texts.join('\0')}\0`))
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
