import { describe, expect, test } from 'vitest'
import { readModuleYaml } from '../../../../src/build/recipe/module-yaml.ts'

const read = (text: string, arch = 'linux-x86_64') =>
  readModuleYaml({ name: 'module.yaml', text }, arch)
const head = 'name: a\nversion: 1.0.0\n'

test('what is not written is empty', () => {
  const { value, diagnostics } = read(head)
  expect(diagnostics).toEqual([])
  expect(value).toMatchObject({
    name: { text: 'a' },
    version: { text: '1.0.0' },
    requires: [],
    files: { sources: [], templates: [] },
    flags: { cflags: [], libraries: [], includes: [] },
  })
})

test('versions are taken as they are written', () => {
  expect(read('name: a\nversion: 1.10\n').value?.version.text).toBe('1.10')
})

test('flags are words as in a shell', () => {
  const { value } = read(`${head}cflags: ["-O0 -DTEXT='a b'", -w]\n`)
  expect(value?.flags.cflags).toEqual(['-O0', '-DTEXT=a b', '-w'])
})

test('requests keep version and place', () => {
  const { value } = read(`${head}requires: [asyn, "calc,3.7.5+1"]\n`)
  expect(value?.requires).toMatchObject([
    { module: 'asyn', version: { kind: 'any' } },
    { module: 'calc', version: { kind: 'named', version: { text: '3.7.5+1' } } },
  ])
  expect(value?.requires[1]?.at).toMatchObject({ start: 40 })
})

describe('architectures', () => {
  const text = `${head}sources: a.c
architectures:
  linux: { sources: linux.c, requires: usb }
  linux-arm: { cppflags: -DARM }
  lin: { sources: no.c }
`
  test.each([
    ['linux-arm', ['a.c', 'linux.c'], ['-DARM']],
    ['linux-x86_64', ['a.c', 'linux.c'], []],
    ['darwin-x86', ['a.c'], []],
  ])('%s', (arch, sources, cppflags) => {
    const { value } = read(text, arch)
    expect(value?.files.sources.map((one) => one.text)).toEqual(sources)
    expect(value?.flags.cppflags).toEqual(cppflags)
  })
})

test.each([
  ['', 'an empty file', ['RECIPE_KEY']],
  ['name: a\n', 'no version', ['RECIPE_KEY']],
  [`${head}source: a.c\n`, 'an unknown key', ['RECIPE_KEY']],
  [`${head}name: b\n`, 'a key twice', ['RECIPE_KEY']],
  ['name: 3a\nversion: 1\n', 'a name with a digit in front', ['RECIPE_VALUE']],
  ['name: a-b\nversion: 1\n', 'a name with a dash', ['RECIPE_VALUE']],
  ['name: a\nversion: ../1\n', 'a version with a slash', ['RECIPE_VALUE']],
  ['name: a\nversion: .1\n', 'a hidden version', ['RECIPE_VALUE']],
  [`${head}sources: /etc/passwd\n`, 'an absolute path', ['RECIPE_VALUE']],
  [`${head}sources: []\n`, 'an empty list', ['RECIPE_VALUE']],
  [`${head}sources: {a: b}\n`, 'a mapping', ['RECIPE_VALUE']],
  [`${head}requires: "asyn 4.42"\n`, 'a blank in a request', ['RECIPE_VALUE']],
  [`${head}requires: "asyn,"\n`, 'a request with a comma only', ['RECIPE_VALUE']],
  [`${head}libraries: -lusb\n`, 'a flag as library', ['RECIPE_VALUE']],
  [`${head}libraries: "a b"\n`, 'a library with a blank', ['RECIPE_VALUE']],
  [`${head}cflags: "a\\nb"\n`, 'a flag with a line end', ['RECIPE_VALUE']],
  [`${head}architectures: {Linux!: {}}\n`, 'no architecture', ['RECIPE_VALUE']],
  ['name: [\n', 'no YAML', ['RECIPE_SYNTAX']],
])('%j: %s', (text, _, codes) => {
  const { value, diagnostics } = read(text)
  expect(diagnostics.map(({ code }) => code)).toEqual(codes)
  if (codes.length > 0) expect(value).toBeUndefined()
})
