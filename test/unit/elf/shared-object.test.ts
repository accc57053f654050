import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesReader } from '../../../src/elf/reader.ts'
import { objectText, readElf, type SharedObject } from '../../../src/elf/shared-object.ts'
import { symbolName } from '../../../src/elf/symbol-name.ts'
import { spanOf } from '../../../src/text/span.ts'
import { openWorkshop, type Workshop } from '../../support/shared-objects.ts'

let workshop: Workshop
let library: Uint8Array

const source = `
  #include <stdio.h>
  extern int elsewhere(int);
  extern int perhaps(int) __attribute__((weak));
  char _asynLibRelease[] = "4.42.0+1";
  char unset[16];
  int exported(int a) { puts("text in the constants"); return perhaps ? perhaps(a) : elsewhere(a); }
  __attribute__((weak)) int replaceable(void) { return 1; }
  static int hidden(void) { return 2; }
  int (*use)(void) = hidden;
`

beforeAll(() => {
  workshop = openWorkshop()
  workshop.compile('libneeded.so', 'int needed(void) { return 1; }', ['-Wl,-soname,libneeded.so.7'])
  const flags = [
    '-Wl,-soname,libasyn.so.4',
    '-Wl,--no-as-needed',
    `-L${workshop.directory}`,
    '-lneeded',
    '-Wl,--enable-new-dtags,-rpath,$ORIGIN/../x:/opt/y',
  ]
  library = readFileSync(workshop.compile('libasyn.so', source, flags))
}, 60_000)

afterAll(() => workshop.remove())

test('a shared object tells what a loader wants to know', () => {
  const object = read(library)
  expect(object).toMatchObject({
    endian: 'little',
    type: 'shared',
    soname: 'libasyn.so.4',
    runpath: ['$ORIGIN/../x', '/opt/y'],
    rpath: [],
  })
  expect(object.needed).toEqual(['libneeded.so.7', 'libc.so.6'])
  expect(object.versionsNeeded.map(({ library: name }) => name)).toContain('libc.so.6')
})

test('an old run path is told apart from a new one', () => {
  const flags = ['-Wl,--disable-new-dtags,-rpath,/opt/z']
  const object = read(readFileSync(workshop.compile('liboldpath.so', 'int a;', flags)))
  expect(object).toMatchObject({ rpath: ['/opt/z'], runpath: [] })
})

test.each([
  ['gnu', '-Wl,--hash-style=gnu'],
  ['sysv', '-Wl,--hash-style=sysv'],
  ['both', '-Wl,--hash-style=both'],
])('symbols with hash tables of style %s', (name, flag) => {
  const { symbols } = read(readFileSync(workshop.compile(`lib${name}.so`, source, [flag])))
  const defined = Array.from(symbols.defined(), (one) => one.name).sort()
  expect(defined).toEqual(['_asynLibRelease', 'exported', 'replaceable', 'unset', 'use'])
  const missing = Array.from(symbols.undefined(), (one) => `${one.binding} ${one.name}`)
  expect(missing).toEqual(expect.arrayContaining(['global elsewhere', 'weak perhaps']))
  expect(missing).not.toContain('global exported')
  for (const one of defined) expect(symbols.find(symbolName(one))?.name).toBe(one)
  for (const one of ['hidden', 'elsewhere', 'exporte', '']) {
    expect(symbols.find(symbolName(one))).toBeUndefined()
  }
  expect(symbols.find(symbolName('exported'))).toMatchObject({
    type: 'function',
    binding: 'global',
  })
  expect(symbols.find(symbolName('replaceable'))).toMatchObject({ binding: 'weak' })
})

test('an object that exports nothing still tells what it needs', () => {
  const text =
    'extern int elsewhere(void); __attribute__((constructor)) static void f(void) { elsewhere(); }'
  const { symbols } = read(readFileSync(workshop.compile('libnothing.so', text)))
  expect(Array.from(symbols.undefined(), ({ name }) => name)).toContain('elsewhere')
  expect([...symbols.defined()]).toEqual([])
})

test('the text behind a symbol', () => {
  const { symbols } = read(library)
  const release = symbols.find(symbolName('_asynLibRelease'))
  const unset = symbols.find(symbolName('unset'))
  expect(release && symbols.textBehind(release)).toBe('4.42.0+1')
  expect(unset && symbols.textBehind(unset)).toBeUndefined()
})

test.each([
  ['text in the constants', true],
  ['constants', true],
  ['4.42.0+1', true],
  ['text in the', false],
  ['elsewhere', false],
])('contains the constant %j: %j; names of symbols are none', (text, expected) => {
  expect(read(library).symbols.containsText(text)).toBe(expected)
})

test('section headers are not needed', () => {
  const bytes = Uint8Array.from(library)
  bytes.fill(0, 40, 48)
  bytes.fill(0, 58, 64)
  const { symbols } = read(bytes)
  expect(symbols.find(symbolName('exported'))).toBeDefined()
})

test.each([
  ['an empty file', '', 'it is empty'],
  ['a text', 'hello\n', 'it is a text file'],
  ['bytes', '\u0001\u0002', 'it does not begin with the ELF mark'],
  ['a pointer', 'version https://git-lfs.github.com/spec/v1\n', 'it is a Git LFS pointer'],
  ['a linker script', '/* GNU ld script */', 'it is a linker script, good for linking only'],
  ['a short linker script', 'INPUT(libx.so.1)', 'it is a linker script, good for linking only'],
  ['an archive', '!<arch>\nx', 'it is a static archive'],
  ['a DLL', 'MZ\u0000', 'it is a Windows library'],
  ['only a mark', '\u007fELF', 'it is truncated, it has 4 bytes'],
  ['a byte order of its own', '\u007fELF\u0002\u0007', 'its byte order 7 is unknown'],
  ['a header cut off', '\u007fELF\u0002\u0001', 'it is truncated, it has 6 bytes'],
])('%s is no library', (_, text, reason) => {
  const at = spanOf({ name: 'libx.so', text: '' })
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  const { value, diagnostics } = readElf(bytesReader(bytes), at)
  expect(value).toBeUndefined()
  expect(diagnostics).toMatchObject([
    { code: 'ELF_INVALID', at, message: `libx.so is not a shared library: ${reason}` },
  ])
})

test('a file cut off in the middle', () => {
  const at = spanOf({ name: 'libx.so', text: '' })
  const { diagnostics } = readElf(bytesReader(library.subarray(0, 5000)), at)
  expect(diagnostics[0]?.message).toMatch(
    /it is truncated, it has 5000 bytes, its header speaks of \d+$/,
  )
})

test('an object file has no dynamic section', () => {
  const path = workshop.compile('plain.o', 'int a;', ['-c'])
  const { diagnostics } = readElf(bytesReader(readFileSync(path)), spanOf({ name: 'x', text: '' }))
  expect(diagnostics).toMatchObject([{ code: 'ELF_INVALID' }])
  const what = /it is a relocatable object for \w+ \(64 bits\), and it has no dynamic section$/
  expect(diagnostics[0]?.message).toMatch(what)
})

test.each([
  ['executable', 'an executable object for ppc (32 bits)'],
  ['shared', 'a shared object for ppc (32 bits)'],
  ['other', 'an other object for ppc (32 bits)'],
] as const)('%s', (type, expected) => {
  expect(objectText({ machine: 'ppc', bits: 32, type })).toBe(expected)
})

function read(bytes: Uint8Array): SharedObject {
  const { value, diagnostics } = readElf(bytesReader(bytes), spanOf({ name: 'x', text: '' }))
  expect(diagnostics).toEqual([])
  if (!value) throw new Error('not read')
  return value
}
