import { expect, test } from 'vitest'
import { readMeta } from '../../../src/modules/meta.ts'

const read = (text: string) => readMeta({ name: 'asyn_meta.yaml', text })

test('what is known of a build', () => {
  const { value, diagnostics } = read(`
module: asyn
version: 1.10
arch: linux-x86_64
base: { version: 7.0.10, abi: base-7.0.10 }
source: { url: https://example.org/asyn.git, commit: 0123456, dirty: true }
files:
  db/asyn.db: 00ff
  lib/linux-x86_64/libasyn.so: 12ab
requires: { calc: 3.7.5+1 }
licences: [LICENSE]
`)
  expect(diagnostics).toEqual([])
  expect(value).toEqual({
    ...{ module: 'asyn', version: '1.10', arch: 'linux-x86_64', base: '7.0.10' },
    source: { url: 'https://example.org/asyn.git', commit: '0123456', dirty: true },
    files: new Map([
      ['db/asyn.db', '00ff'],
      ['lib/linux-x86_64/libasyn.so', '12ab'],
    ]),
    requires: new Map([['calc', '3.7.5+1']]),
  })
})

test('the meta file of e3 has other keys', () => {
  expect(read('wrapper:\n  git-tag: 1.0\nmodule: {}\n').value).toEqual({ files: new Map() })
})

test.each([
  ['empty', ''],
  ['a list', '- a\n'],
  ['no YAML', 'a: [\n'],
  ['too deep', '['.repeat(100_000)],
  ['aliases', 'a: &x [1]\nb: *x\n'],
  ['huge', ' '.repeat(9 * 2 ** 20)],
])('no description of a build: %s', (_title, text) => {
  const { value, diagnostics } = read(text)
  expect(value).toBeUndefined()
  expect(diagnostics.map(({ code }) => code)).toEqual(['META_INVALID'])
})
