import { expect, test } from 'vitest'
import { compareDatabases } from '../../../../src/database/difference/compare.ts'
import { differenceJson, differenceLines } from '../../../../src/database/difference/print.ts'
import { createLoader } from '../../../../src/database/records/loader.ts'

function databaseOf(text: string) {
  const loader = createLoader()
  loader.load({ name: 'a.db', text })
  return loader.database
}

function linesOf(before: string, after: string, ignored: string[] = []): string[] {
  const differences = compareDatabases(databaseOf(before), databaseOf(after), new Set(ignored))
  return [...differences].flatMap((item) => [
    ...differenceLines(item, { hasOrigin: false, color: false }),
  ])
}

const a = 'record(ai, "A") { field(DESC, "x") field(PREC, "1") }'

test.each<[string, string, string, string[]]>([
  ['the same', a, a, []],
  ['the order of fields', a, 'record(ai,"A"){field(PREC,"1") field(DESC,"x")}', []],
  ['the last value counts', a, `${a} record(ai, "A") { field(DESC, "x") }`, []],
  ['a word and a string', a, 'record(ai,"A"){field(DESC, x) field(PREC,1)}', []],
  [
    'a field',
    a,
    'record(ai, "A") { field(DESC, "y") field(EGU, "mm") }',
    [
      '  record(ai, "A")',
      ...['-   field(DESC, "x")', '+   field(DESC, "y")'],
      ...['-   field(PREC, "1")', '+   field(EGU, "mm")'],
    ],
  ],
  [
    'info items',
    'record(ai, "A") { info(tag, "1") }',
    'record(ai, "A") { info(tag, {a: 1}) }',
    ['  record(ai, "A")', '-   info(tag, "1")', '+   info(tag, {a: 1})'],
  ],
  [
    'records',
    `${a} record(bo, "B") { field(ZNAM, "off") }`,
    `record(bo, "C") { field(ZNAM, "off") } ${a}`,
    ['- record(bo, "B")', '+ record(bo, "C")', '+   field(ZNAM, "off")'],
  ],
  [
    'the type',
    'record(ai, "A") {}',
    'record(bi, "A") {}',
    ['  record(bi, "A")', '-   type ai', '+   type bi'],
  ],
  [
    'aliases',
    'record(ai, "A") { alias("X") } record(ai, "B") {}',
    'record(ai, "A") {} record(ai, "B") { alias("X") }',
    ['- alias("A", "X")', '+ alias("B", "X")'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(linesOf(before, after)).toEqual(expected)
})

test('fields and info items can be ignored', () => {
  const other = 'record(ai, "A") { field(DESC, "y") info(tag, "1") field(PREC, "1") }'
  expect(linesOf(a, other, ['DESC', 'tag'])).toEqual([])
})

test('JSON: one object a difference', () => {
  const after = 'record(ai, "A") { field(DESC, "y") field(PREC, "1") }'
  const [item] = [...compareDatabases(databaseOf(a), databaseOf(after), new Set())]
  expect(item && JSON.parse(differenceJson(item, true))).toEqual({
    ...{ difference: 'changed', name: 'A', type: 'ai' },
    changes: [{ kind: 'field', name: 'DESC', before: 'x', after: 'y' }],
    origins: [
      [{ message: 'defined here', file: 'a.db', line: 1, column: 1 }],
      [{ message: 'defined here', file: 'a.db', line: 1, column: 1 }],
    ],
  })
})
