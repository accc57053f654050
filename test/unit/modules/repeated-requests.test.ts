import { expect, test } from 'vitest'
import type { ModuleRequest } from '../../../src/modules/module-request.ts'
import { groupRequests, withRepeats } from '../../../src/modules/repeated-requests.ts'
import { resolve } from '../../../src/modules/resolve.ts'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { spanOf } from '../../../src/text/span.ts'
import { parseVersionRequest } from '../../../src/version/request.ts'
import { memoryReader } from '../../support/tree.ts'

function request(module: string, version: string, name: string): ModuleRequest {
  const at = spanOf({ name, text: module })
  return { module, version: parseVersionRequest(version), at }
}

const asked = [
  request('asyn', '', 'a'),
  request('asyn', '4.42.0', 'b'),
  request('asyn', '', 'c'),
  request('stream', '', 'd'),
  request('asyn', '', 'e'),
]

test('equal requests are one, in the order of the first', () => {
  const names = [...groupRequests(asked)].map(([first, others]) =>
    [first, ...others].map(({ at }) => at?.source.name),
  )
  expect(names).toEqual([['a', 'c', 'e'], ['b'], ['d']])
})

test.each([
  [1, ['asyn is required here, too']],
  [3, Array(3).fill('asyn is required here, too')],
  [5, ['asyn is required here, too', 'asyn is required here, too', 'and in 3 more places']],
])('%i further places', (count, expected) => {
  const all = Array.from({ length: count + 1 }, (_, index) => request('asyn', '', `${index}`))
  const item = withRepeats(diagnostic('MODULE_NOT_FOUND', 'm'), all.slice(0, 1), groupRequests(all))
  expect(item.notes.map(({ message }) => message)).toEqual(expected)
})

test('a thousand requests for what is missing are one message, at once', () => {
  const many = Array.from({ length: 1000 }, (_, index) => request('nosuch', '', `${index}`))
  const site = {
    reader: memoryReader({ m: {} }),
    roots: [{ directory: '/m', origin: '-l' }],
    architecture: 'x',
  }
  const { diagnostics } = resolve(many, site)
  expect(diagnostics.map(({ code, notes }) => [code, notes.at(-1)?.message])).toEqual([
    ['MODULE_NOT_FOUND', 'and in 997 more places'],
  ])
})
