import { expect, test } from 'vitest'
import {
  osClassOf,
  readMakeVariables,
  wordsFor,
} from '../../../../src/build/recipe/make-variables.ts'

test.each([
  ['SOURCES file=a.c b.c', 'a.c b.c'],
  ['SOURCES file=', ''],
  ['SOURCES file=a=b', 'a=b'],
  [String.raw`SOURCES file=one\ntwo`, 'one\ntwo'],
  [String.raw`SOURCES file=C:\\new`, 'C:\\new'],
  [`SOURCES file= "a b" 'c' #d $e`, ` "a b" 'c' #d $e`],
])('a value is read exactly: %s', (line, value) => {
  expect(readMakeVariables(`${line}\n`).get('SOURCES')).toEqual({ origin: 'file', value })
})

test('lines that are none are passed over', () => {
  expect([...readMakeVariables('\nhello\nA file=1\n').keys()]).toEqual(['A'])
})

const target = { arch: 'linux-x86_64', osClass: 'Linux', baseVersion: '7.0.8.1' }
const variables = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([name, value]) => [name, { origin: 'file', value }]))

test.each([
  [{ SOURCES: 'a.c  b.c' }, ['a.c', 'b.c']],
  [{ SOURCES: '-none-' }, []],
  [{ SOURCES: 'a.c', 'SOURCES_linux-x86_64': 'b.c' }, ['a.c', 'b.c']],
  [{ SOURCES_Linux: 'l.c', SOURCES_vxWorks: 'v.c' }, ['l.c']],
  [{ SOURCES_x86_64: 'x.c' }, ['x.c']],
  [{ SOURCES_7: '7.c', 'SOURCES_3.14': '3.c' }, ['7.c']],
  [{ 'SOURCES_7.0_Linux': 'a.c', 'SOURCES_Linux_7.0.8': 'b.c' }, ['a.c', 'b.c']],
  [{ SOURCES_OLD: 'o.c' }, undefined],
  [{}, undefined],
])('forms for architecture, system and base: %o', (texts, expected) => {
  expect(wordsFor(variables(texts), 'SOURCES', target)).toEqual(expected)
})

test.each([
  ['linux-x86_64', 'Linux'],
  ['linux-arm', 'Linux'],
  ['darwin-aarch64', 'Darwin'],
  ['vxWorks-ppc603', 'vxWorks'],
])('OS_CLASS of %s', (arch, expected) => {
  expect(osClassOf(arch)).toBe(expected)
})
