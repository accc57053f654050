import { expect, test } from 'vitest'
import { readLock } from '../../../../src/modules/lock/read-lock.ts'
import { formatPlace } from '../../../../src/text/span.ts'
import { hash, lockOf } from '../../../support/locks.ts'

const read = (text: string) => readLock({ name: 'st.cmd.lock', text })

test('what it holds, with the place of each version', () => {
  const { value, diagnostics } = read(lockOf({ asyn: '4.42.0+3', stream: 'mytest' }))
  expect(diagnostics).toEqual([])
  expect(value?.base).toMatchObject({ version: '7.0.8.1', arch: 'linux-x86_64', libCom: hash('d') })
  const modules = [...(value?.modules.values() ?? [])]
  expect(modules.map(({ name, version, at }) => [name, version.text, formatPlace(at)])).toEqual([
    ['asyn', '4.42.0+3', 'st.cmd.lock:10:18'],
    ['stream', 'mytest', 'st.cmd.lock:17:18'],
  ])
  expect(modules[0]?.files).toEqual({ library: hash('a'), dbd: hash('b'), dep: hash('c') })
})

test('places are found in a text on one line, and with names that are keys as well', () => {
  const one = JSON.stringify(JSON.parse(lockOf({ base: '1.0.0', version: '1.0.0' })))
  const places = [...(read(one).value?.modules.values() ?? [])].map(({ at }) => at.start)
  expect(new Set(places).size).toBe(2)
  expect(places.every((start) => one.startsWith('"1.0.0"', start))).toBe(true)
})

const good = JSON.parse(lockOf({ asyn: '1.0.0' }))
const asyn = { ...good.modules.asyn }

test.each<[string, string, RegExp]>([
  ['empty', '', /is not JSON/],
  ['cut off', lockOf({ asyn: '1.0.0' }).slice(0, 90), /is not JSON/],
  ['deeply nested', '['.repeat(200_000), /is not JSON/],
  ['a list', '[]', /is not an object/],
  [
    'a merge that is not finished',
    '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n',
    /marks of a merge/,
  ],
  ['no format', '{}', /no "format": 1/],
  ['of a newer program', '{"format": 2}', /newer e3/],
  ['no base', JSON.stringify({ ...good, base: 7 }), /no "base"/],
  ['half a base', JSON.stringify({ ...good, base: { version: '7' } }), /"version" and "arch"/],
  ['arguments', JSON.stringify({ ...good, arguments: 'P=X' }), /no lists of texts/],
  ['requests', JSON.stringify({ ...good, requests: [1] }), /no lists of texts/],
  ['no modules', JSON.stringify({ ...good, modules: [] }), /no "modules"/],
  ['a path as a name', lockOf({ '../x': '1.0.0' }), /names a module "..\/x"/],
  ['a path as a version', lockOf({ asyn: '../1.0.0' }), /no version of asyn/],
  ['no root', JSON.stringify({ ...good, modules: { asyn: { ...asyn, root: '' } } }), /no root/],
  [
    'a hash',
    JSON.stringify({ ...good, modules: { asyn: { ...asyn, dbd: 'x' } } }),
    /wrong hash: dbd/,
  ],
  ['nothing', JSON.stringify({ ...good, modules: { asyn: null } }), /nothing about asyn/],
])('%s holds nothing', (_what, text, message) => {
  const { value, diagnostics } = read(text)
  expect(value).toBeUndefined()
  expect(diagnostics.map(({ code }) => code)).toEqual(['LOCK_INVALID'])
  expect(diagnostics[0]?.message).toMatch(message)
  expect(diagnostics[0]?.at).toBeDefined()
})

test('__proto__ is a name like any other', () => {
  const text = lockOf({ asyn: '1.0.0' }).replace('"asyn"', '"__proto__"')
  expect([...(read(text).value?.modules.keys() ?? [])]).toEqual(['__proto__'])
})
