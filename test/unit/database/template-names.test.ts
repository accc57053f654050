import fc from 'fast-check'
import { expect, test } from 'vitest'
import { templateNames } from '../../../src/database/template-names.ts'

test.each<[string, string[]]>([
  ['file a.template { {P=x} }', ['a.template']],
  ['file "a b.db"{pattern{A}{1}}\nfile b.db { }', ['a b.db', 'b.db']],
  ["file 'x.db' { { file=no } }", ['x.db']],
  ['# file no.db {}\nglobal { file=no }\nfile yes.db {}', ['yes.db']],
  ['file x.db { { A="file y.db {" } }', ['x.db']],
  ['file', []],
  ['file {', []],
  ['}} file a.db {', ['a.db']],
  ['', []],
])('%j names %j', (text, expected) => {
  expect(templateNames(text).map(({ name }) => name)).toEqual(expected)
})

test('any text is read', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { start, end } of templateNames(text)) expect(end).toBeGreaterThan(start)
    }),
  )
})
