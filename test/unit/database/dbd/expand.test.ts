import { expect, test } from 'vitest'
import { expandDefinitions } from '../../../../src/database/dbd/expand.ts'

const files: Readonly<Record<string, string>> = {
  'a.dbd': '# comment\ninclude "menu.dbd"\nrecordtype(a) {\n  include "common.dbd"\n}\n',
  'b.dbd': 'include "menu.dbd"\r\nrecordtype(b) {\r\n  include "common.dbd"\r\n}\r\n',
  'menu.dbd': 'menu(m) {\n  choice(x, "{")\n}\n',
  'common.dbd': '  %#include "x {"\n  field(NAME, DBF_STRING) {\n  }\n',
  'loop.dbd': 'include "loop.dbd"\nregistrar(r)\n',
  'missing.dbd': '  include "nowhere.dbd"\n',
}
const read = (name: string): string | undefined => files[name]

test('includes outside braces are taken once, inside braces every time', () => {
  const text = expandDefinitions(['a.dbd', 'b.dbd'], read)
  expect(text.match(/menu\(m\)/g)).toHaveLength(1)
  expect(text.match(/field\(NAME/g)).toHaveLength(2)
  expect(text).not.toMatch(/^\s*include|comment/m)
})

test('braces in strings and in C lines do not count', () => {
  const text = expandDefinitions(['menu.dbd', 'a.dbd', 'menu.dbd'], read)
  expect(text.match(/menu\(m\)/g)).toHaveLength(1)
})

test('a file that includes itself ends', () => {
  expect(expandDefinitions(['loop.dbd'], read)).toBe('registrar(r)\n')
})

test('a missing file stays an include', () => {
  expect(expandDefinitions(['missing.dbd'], read)).toBe('  include "nowhere.dbd"\n')
})

test.each(['include menu.dbd', 'include "menu.dbd" # menus', '\tinclude  menu.dbd  #'])(
  'an include as dbLex.l reads it: %j',
  (line) => {
    const text = expandDefinitions(['', 'menu.dbd'], (name) => (name === '' ? line : read(name)))
    expect(text).toBe('menu(m) {\n  choice(x, "{")\n}\n')
  },
)
