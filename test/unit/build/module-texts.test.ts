import { expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  dependencyText,
  type ModuleMeta,
  metaText,
  withoutCredentials,
  withoutOrigin,
} from '../../../src/build/module-texts.ts'

test('a .dep file: sorted, each once', () => {
  const modules = [
    { name: 'stream', version: '2.8.26+0' },
    { name: 'asyn', version: '4.42.0+0' },
    { name: 'asyn', version: '4.42.0+0' },
  ]
  expect(dependencyText(modules)).toBe(
    '# Generated file. Do not edit.\nasyn 4.42.0+0\nstream 2.8.26+0\n',
  )
})

const meta: ModuleMeta = {
  ...{ name: 'yes', version: '1.10', arch: 'linux-x86_64', compiler: 'g++: "odd" #1' },
  base: { version: '7.0.8', abi: 'base-7.0.8' },
  source: {
    ...{ url: 'https://me:secret@host/x.git', commit: '00e1', isDirty: true },
    folder: 'modules/x',
  },
  flags: { cppflags: ['-DX="a, b"'], cflags: [], cxxflags: [], ldflags: [] },
  requires: [{ name: 'asyn', version: '4.42.0+0' }],
  licences: ['LICENSE'],
  files: new Map([
    ['db/ü: x.db', '12'],
    ['a', '00'],
  ]),
}

test('the meta file is YAML that reads back as texts', () => {
  expect(parse(metaText(meta))).toEqual({
    ...{ module: 'yes', version: '1.10', arch: 'linux-x86_64', compiler: 'g++: "odd" #1' },
    base: { version: '7.0.8', abi: 'base-7.0.8' },
    source: { url: 'https://host/x.git', commit: '00e1', folder: 'modules/x', dirty: true },
    flags: { cppflags: ['-DX="a, b"'], cflags: [], cxxflags: [], ldflags: [] },
    requires: { asyn: '4.42.0+0' },
    licences: ['LICENSE'],
    files: { a: '00', 'db/ü: x.db': '12' },
  })
})

test('the origin can be left out, and nothing else', () => {
  const { source: _, ...others } = parse(metaText(meta))
  expect(parse(withoutOrigin(metaText(meta)))).toEqual(others)
  const named = { ...meta, requires: [{ name: 'source', version: '1.0.0' }] }
  const [some, none] = [
    { ...named, upstream: { commit: '1e3' } },
    { ...named, source: {} },
  ].map((one) => withoutOrigin(metaText(one)))
  expect(some).toBe(none)
  expect(some).toContain('\n  source: "1.0.0"\n')
})

test('outside of git there is no source', () => {
  const nothing = { ...meta, source: {}, requires: [], files: new Map() }
  expect(parse(metaText(nothing))).toMatchObject({ source: {}, requires: {}, files: {} })
})

test('sources with a repository of their own', () => {
  const upstream = { url: 'https://me@host/up.git', commit: '1e3' }
  expect(parse(metaText({ ...meta, upstream }))).toMatchObject({
    upstream: { url: 'https://host/up.git', commit: '1e3', dirty: false },
  })
})

test.each([
  ['https://token@host/x', 'https://host/x'],
  ['https://a:b@host/x@y', 'https://host/x@y'],
  ['ssh://git@host/x', 'ssh://host/x'],
  ['git@host:x', 'git@host:x'],
  ['/local/x', '/local/x'],
])('withoutCredentials: %s', (url, shown) => {
  expect(withoutCredentials(url)).toBe(shown)
})
