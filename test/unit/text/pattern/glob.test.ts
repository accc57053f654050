import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGlob } from '../../../../src/text/pattern/glob.ts'

test.each([
  ['*.db', 'a.db', true],
  ['*.db', 'sub/deep/a.db', true],
  ['*.db', 'a.dbd', false],
  ['./*.db', 'a.db', true],
  ['./*.db', 'sub/a.db', false],
  ['vendor', 'vendor/a/b.db', true],
  ['vendor/', 'x/vendor/b.db', true],
  ['iocs/oven', 'iocs/oven/st.cmd', true],
  ['iocs/oven', 'x/iocs/oven/st.cmd', false],
  ['iocs/*/st.cmd', 'iocs/a/st.cmd', true],
  ['iocs/*/st.cmd', 'iocs/a/b/st.cmd', false],
  ['iocs/**/st.cmd', 'iocs/st.cmd', true],
  ['iocs/**/st.cmd', 'iocs/a/b/st.cmd', true],
  ['iocs/**', 'iocs/a/b', true],
  ['**/old/*.db', 'a/old/x.db', true],
  ['**/old/*.db', 'aold/x.db', false],
  ['*.{db,template}', 'a.template', true],
  ['{a,b{c,d}}.db', 'bd.db', true],
  ['a?.db', 'a1.db', true],
  ['a?.db', 'a/.db', false],
  ['[a-c]1.db', 'b1.db', true],
  ['[!a-c]1.db', 'b1.db', false],
  ['[]x]1', ']1', true],
  ['a[.db', 'a[.db', true],
  ['a,b', 'a,b', true],
  ['a}', 'a}', true],
  ['\\*.db', '*.db', true],
  ['\\*.db', 'a.db', false],
  ['a+(b).db', 'a+(b).db', true],
  ['/opt/modules', 'opt/modules/x/1.0.0/db/x.db', true],
  ['/opt', 'opt/x', true],
  ['.ci', '.ci/run', true],
])('%s on %s: %s', (glob, path, expected) => {
  const read = readGlob(glob)
  expect('problem' in read ? read.problem : read.match(path).isMatch).toBe(expected)
})

test.each([
  ['', 'names no file'],
  ['/', 'names no file'],
  ['{a,b', 'has a "{" without "}"'],
  ['[z-a]', 'has a range whose ends are not two characters in order'],
  ['a'.repeat(1001), 'has more than 1000 characters'],
])('%j %s', (glob, problem) => {
  expect(readGlob(glob)).toMatchObject({ problem })
})

test('never throws', () => {
  const characters = fc.constantFrom(...'[]{}?*\\.,-!/ab^$(|')
  fc.assert(
    fc.property(fc.string({ unit: characters, maxLength: 30 }), fc.string(), (glob, path) => {
      const read = readGlob(glob)
      if (!('problem' in read)) read.match(path)
    }),
  )
})
