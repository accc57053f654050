import { expect, test } from 'vitest'
import type { Code } from '../../../src/text/codes.ts'
import { type Diagnostic, diagnostic, type Unknown } from '../../../src/text/diagnostic.ts'
import {
  countOf,
  createFindingList,
  type FindingListOptions,
} from '../../../src/text/finding-list.ts'
import { spanOf } from '../../../src/text/span.ts'

const a = { name: 'a.db', text: 'x'.repeat(100) }
const b = { name: 'b.db', text: 'x'.repeat(100) }

interface Details {
  readonly source?: typeof a
  readonly code?: Code
  readonly message?: string
  readonly unknown?: Unknown
}

function at(start: number, { source = a, code = 'DB_SYNTAX', message, unknown }: Details = {}) {
  const place = spanOf(source, start, start + 1)
  return diagnostic(code, message ?? `wrong ${start}`, { at: place, unknown })
}

function listed(items: readonly Diagnostic[], options: FindingListOptions = {}): Diagnostic[] {
  const list = createFindingList({ most: 2, ...options })
  for (const item of items) list.add(item)
  return list.take()
}

const shown = (items: readonly Diagnostic[]) => items.map(({ message }) => message)
const motor: Unknown = { kind: 'record type', name: 'motor' }
const scaler: Unknown = { kind: 'record type', name: 'scaler' }

test.each<[string, readonly Diagnostic[], readonly string[]]>([
  ['nothing', [], []],
  ['few: as they come', [at(2), at(1)], ['wrong 2', 'wrong 1']],
  ['each once', [at(1), at(2), at(1)], ['wrong 1', 'wrong 2']],
  [
    'the rest is counted, each once',
    [at(1), at(2), at(3), at(4), at(3), at(1)],
    ['wrong 1', 'wrong 2', 'and 2 more of this kind in a.db, from here on'],
  ],
  [
    'another message at a place is another finding',
    [at(1), at(2), at(3), at(3, { message: 'y' })],
    ['wrong 1', 'wrong 2', 'and 2 more of this kind in a.db, from here on'],
  ],
  [
    'each file and code for itself',
    [at(1), at(2), at(1, { source: b }), at(1, { code: 'FIELD_UNKNOWN' })],
    ['wrong 1', 'wrong 2', 'wrong 1', 'wrong 1'],
  ],
  [
    'each unknown name for itself: they may be summed up',
    [at(1, { unknown: motor }), at(2, { unknown: motor }), at(3, { unknown: scaler })],
    ['wrong 1', 'wrong 2', 'wrong 3'],
  ],
  [
    'without a place',
    ['x', 'y', 'z', 'z'].map((text) => diagnostic('IOC_NAME', text)),
    ['x', 'y', 'and 1 more of this kind'],
  ],
])('%s', (_name, items, expected) => {
  expect(shown(listed(items))).toEqual(expected)
})

test('what stands for the rest has the place of the first of them, and their severity', () => {
  const [, , rest] = listed([at(1), at(2), at(7), at(5)])
  expect(rest).toMatchObject({ code: 'DB_SYNTAX', severity: 'error', at: { start: 7, end: 8 } })
  expect(rest?.more).toHaveLength(2)
  expect(countOf(rest ?? at(1))).toBe(2)
})

test('lists of lists: what two of them left out is counted once', () => {
  const one = listed([at(1), at(2), at(3), at(4)])
  const other = listed([at(1), at(4), at(5), at(6)])
  const merged = listed([...one, ...other])
  expect(shown(merged)).toEqual([
    'wrong 1',
    'wrong 2',
    'and 4 more of this kind in a.db, from here on',
  ])
  expect(merged.reduce((sum, item) => sum + countOf(item), 0)).toBe(6)
  expect(listed(listed(merged))).toEqual(merged)
})

test('what is kept of one list and only counted by another is counted once', () => {
  const merged = listed([...listed([at(1), at(2), at(3)]), ...listed([at(3), at(2), at(1)])])
  expect(merged.reduce((sum, item) => sum + countOf(item), 0)).toBe(3)
})

test('take gives what came since the last time; the limit holds all the time', () => {
  const list = createFindingList({ most: 2 })
  list.add(at(1))
  expect(shown(list.take())).toEqual(['wrong 1'])
  for (const start of [1, 2, 3]) list.add(at(start))
  expect(shown(list.take())).toEqual(['wrong 2', 'and 1 more of this kind in a.db, from here on'])
  expect(list.take()).toEqual([])
})

test('one for each place: the others are told with it', () => {
  const items = ['x', 'y', 'z'].map((message) => at(1, { message }))
  const found = listed([...items, at(2), at(2, { message: 'x' }), at(3), at(3, { message: 'x' })], {
    isOnePerPlace: true,
  })
  expect(found.map(({ message, notes }) => [message, ...notes.map((one) => one.message)])).toEqual([
    ['x', '2 more records come from this place with the same mistake'],
    ['wrong 2', '1 more record comes from this place with the same mistake'],
    ['and 1 more of this kind in a.db, from here on'],
  ])
})

test('a finding that is not kept is not made', () => {
  const list = createFindingList({ most: 2 })
  let made = 0
  for (let start = 0; start < 100_000; start++) {
    const item = at(start)
    list.note(item, () => {
      made++
      return item
    })
  }
  const found = list.take()
  expect([made, found.length, found.at(-1)?.more?.length]).toEqual([2, 3, 99_998])
})

test('findings of one place of a template: only the first one is made', () => {
  const list = createFindingList({ isOnePerPlace: true })
  const template = {}
  let made = 0
  const add = (what: string, start: number, key?: object) => {
    const message = `${what} ${made}`
    list.addRepeated({ template: key, what }, () => {
      made++
      return at(start, { message })
    })
  }
  add('x', 1)
  for (let count = 0; count < 3; count++) add('x', 1, template)
  add('y', 2, template)
  add('y', 2, template)
  expect(made).toBe(3)
  expect(
    list.take().map(({ message, notes }) => [message, ...notes.map((n) => n.message)]),
  ).toEqual([
    ['x 0', '3 more records come from this place with the same mistake'],
    ['y 2', '1 more record comes from this place with the same mistake'],
  ])
})
