import { expect, test } from 'vitest'
import { loadAccessFile } from '../../../../src/database/access/load-access.ts'
import { formatPlace } from '../../../../src/text/span.ts'
import { accessCases } from '../../../support/access-cases.ts'

function found(text: string, macros?: string): string[] {
  const file = loadAccessFile({ name: 'x.acf', text }, { macros })
  return file.diagnostics.map(({ code, at }) => `${code} ${at ? formatPlace(at) : ''}`)
}

test.each(accessCases)('%j', (text, codes) => {
  expect(found(text).map((one) => one.replace(/ .*/, ''))).toEqual(codes)
})

test('each kind of mistake is among the cases', () => {
  const kinds = ['ACCESS_CALC', 'ACCESS_GROUP', 'ACCESS_IGNORED', 'ACCESS_INPUT', 'ACCESS_SYNTAX']
  const produced = new Set(accessCases.flatMap(([, codes]) => codes))
  expect([...produced].sort()).toEqual([...kinds, 'ACCESS_TWICE'])
})

test('behind a mistake the reading goes on', () => {
  const text = [
    'UAG(a {x}',
    'UAG(b) {y}',
    'ASG(c) {RULE(1,)}',
    'ASG(d) {RULE(1,WRITE) {UAG(b, a, e)}}',
    'UAG(b) {"z}',
  ]
  expect(found(text.join('\n'))).toEqual([
    'ACCESS_SYNTAX x.acf:1:7',
    'ACCESS_SYNTAX x.acf:3:16',
    'ACCESS_GROUP x.acf:4:34',
    'ACCESS_TWICE x.acf:5:5',
    'ACCESS_SYNTAX x.acf:5:9',
  ])
})

test.each([
  ['macros', 'UAG($(U)) {x}\n', 'U=a', []],
  ['no macros', 'UAG($(U)) {x}\n', '', ['ACCESS_SYNTAX x.acf:1:5']],
  ['other macros', '# $(V)\nUAG($(U)) {x}\n', 'U=a', ['MACRO_UNDEFINED x.acf:1:3']],
  ['endless macros', 'UAG($(U)) {x}\n', 'U=$(U)', ['MACRO_RECURSIVE x.acf:1:5']],
])('%s', (_title, text, macros, expected) => {
  expect(found(text, macros)).toEqual(expected)
})

test('the groups are known', () => {
  const { groups, isComplete } = loadAccessFile(
    { name: 'x.acf', text: 'ASG(a)\nASG("b c") {RULE(1,READ)}' },
    {},
  )
  expect([[...groups], isComplete]).toEqual([['a', 'b c'], true])
})

test.each([
  ...['FOO(x)', 'FOO()', 'FOO(1.5, UAG)', '"FOO"("a b")', 'FOO(x) {a, 1}', 'FOO(x) {UAG}'],
  ...['FOO(x) {A() "B"(1, 2)}', 'FOO(x) {A(1) {b, c}}', 'FOO(x) {A(1) {B(2) {c}} ASG(1)}'],
  ...['ASG(a) {RULE(1, READ) {FOO(x) {y, z}}}', 'ASG(a) {RULE(1, READ) {FOO() {A(1)}}}'],
])('%s: base passes over it', (text) => {
  expect(codesOf(text)).toEqual(['ACCESS_IGNORED'])
})

test.each([
  ...['FOO', 'FOO{x}', '1(x)', 'FOO(x y)', 'FOO(x,)', 'FOO(x)(y)', 'FOO(x) {}', 'FOO(x) {a b}'],
  ...['FOO(x) {a,}', 'FOO(x) {a, b(c)}', 'FOO(x) {a{b}}', 'FOO(x) {{a}}', 'FOO(x) {1(1)}'],
  ...['FOO(x) {A(1 2)}', 'FOO(x) {A(1,)}', 'FOO(x) {A(1, NO(R))}', 'FOO(x) {A(1), B(2)}'],
  ...['FOO(x) {A(1) b}', 'FOO(x) {a B(1)}', 'FOO(x) {A(1) {}}', 'UGA(ops) {alice bob}'],
  ...['ASG(a) {RULE(1, READ) {FOO(x y)}}', 'ASG(a) {RULE(1, READ) {FOO(x) {}}}'],
])('%s: base refuses the file', (text) => {
  expect(codesOf(text)).toContain('ACCESS_SYNTAX')
})

function codesOf(text: string): string[] {
  return loadAccessFile({ name: 'x.acf', text }, {}).diagnostics.map(({ code }) => code)
}
