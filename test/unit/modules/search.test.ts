import { expect, test } from 'vitest'
import type { ModuleRequest } from '../../../src/modules/module-request.ts'
import { openModuleTree } from '../../../src/modules/module-tree.ts'
import { search } from '../../../src/modules/search.ts'
import { parseVersionRequest } from '../../../src/version/request.ts'
import { type ShortTree, siteOf } from '../../support/tree.ts'

function requestsOf(text: string): ModuleRequest[] {
  return text.split(' ').map((word) => {
    const [module = '', version] = word.split(',')
    return { module, version: parseVersionRequest(version) }
  })
}

function solve(tree: ShortTree, requests: string): string {
  const outcome = search(openModuleTree(siteOf(tree)), requestsOf(requests))
  if (outcome.kind !== 'solved') return outcome.kind
  const decided = [...outcome.state.decided.values()].map(({ installed }) => installed)
  return decided
    .map(({ module, version }) => `${module} ${version.text}`)
    .sort()
    .join(', ')
}

const field: ShortTree = {
  asyn: { '4.42.0+0': '', '4.42.0+1': '', '4.43.0': '' },
  stream: { '2.8.26+0': 'asyn 4.42.0+0', '2.8.25': 'asyn 4.43.0' },
}

test.each([
  [
    'the highest version',
    { m: { '1.0.0': '', '1.0.0+0': '', '1.0.0+10': '', '1.0.0+9': '' } },
    'm',
    'm 1.0.0+10',
  ],
  [
    'the highest revision',
    { m: { '1.0.0': '', '1.0.0+2': '', '1.0.1': '' } },
    'm,1.0.0',
    'm 1.0.0+2',
  ],
  ['plain is below +0', { m: { '1.0.0': '', '1.0.0+0': '' } }, 'm', 'm 1.0.0+0'],
  ['a numeric version before test versions', { m: { z: '', '0.0.1': '' } }, 'm', 'm 0.0.1'],
  ['the last test version without numeric ones', { m: { a: '', b: '', a2: '' } }, 'm', 'm b'],
  ['1.0.0+x is below numeric versions', { m: { '1.0.0+x': '', '0.0.1': '' } }, 'm', 'm 0.0.1'],
  ['a test version that is named', { m: { t: '', '1.0.0': '' } }, 'm m,t', 'm t'],
  [
    'a test version named by another module',
    { m: { t: '', '1.0.0': '' }, n: { '1.0.0': 'm t' } },
    'm n',
    'm t, n 1.0.0',
  ],
  ['a pin, whatever the order', field, 'asyn stream', 'asyn 4.42.0+0, stream 2.8.26+0'],
  [
    'an older dependent if versions ask for it',
    field,
    'asyn,4.43.0 stream',
    'asyn 4.43.0, stream 2.8.25',
  ],
  [
    'revision 0 for a pin',
    { m: { '1.0.0+0': '', '1.0.0+1': '' }, n: { '1.0.0': 'm 1.0.0+0' } },
    'm,1.0.0 n',
    'm 1.0.0+0, n 1.0.0',
  ],
  [
    'an old dependent if the new one needs what is not there',
    { m: { '1.0.0': '', '2.0.0': 'no 1.0.0' } },
    'm',
    'm 1.0.0',
  ],
  [
    'no dependency of a version that was given up',
    { m: { '1.0.0': '', '2.0.0': 'a;no' }, a: { '1.0.0': '' } },
    'm',
    'm 1.0.0',
  ],
  [
    'the way round a cycle',
    { a: { '2.0.0': 'b', '1.0.0': '' }, b: { '1.0.0': 'a' } },
    'b',
    'a 1.0.0, b 1.0.0',
  ],
  ['nothing for a contradiction', field, 'asyn,4.43.0 stream,2.8.26', 'failed'],
  ['nothing for a plain request of a revision', { m: { '1.0.0': '' } }, 'm,1.0.0+0', 'failed'],
  ['nothing for a cycle', { a: { '1.0.0': 'b' }, b: { '1.0.0': 'a' } }, 'a', 'failed'],
  ['nothing for a module that asks for itself', { a: { '1.0.0': 'a' } }, 'a', 'failed'],
  ['nothing for an unknown module', {}, 'a', 'failed'],
  [
    'an alias by its target',
    { m: { '1.0.0': '', '2.0.0': '', stable: '-> 1.0.0' } },
    'm,stable',
    'm 1.0.0',
  ],
  [
    'an alias and its target',
    { m: { '1.0.0': '', '2.0.0': '', stable: '-> 1.0.0' } },
    'm,stable m,1.0.0',
    'm 1.0.0',
  ],
  [
    'an alias of an alias',
    { m: { '1.0.0': '', '2.0.0': '', s: '-> t', t: '-> 1.0.0' } },
    'm,s',
    'm 1.0.0',
  ],
] satisfies [string, ShortTree, string, string][])('%s', (_title, tree, requests, expected) => {
  expect(solve(tree, requests)).toBe(expected)
  expect(solve(tree, requests.split(' ').reverse().join(' '))).toBe(expected)
})

test.each(['missing', 'last 9.9.9'])(
  'a chain of modules with many versions each that ends in %s is no work of years',
  (end) => {
    const numbers = Array.from({ length: 60 }, (_, index) => index)
    const versions = (level: number) =>
      numbers.map((n) => [`1.0.${n}`, level === 59 ? end : `m${level + 1}`] as const)
    const levels = numbers.map((level) => [`m${level}`, Object.fromEntries(versions(level))])
    expect(solve({ ...Object.fromEntries(levels), last: { x: '' } }, 'm0')).toBe('failed')
  },
)

test('the search gives up after a number of tries', () => {
  const tree = openModuleTree(siteOf({ m: { '1.0.0': 'x', '2.0.0': 'x', '3.0.0': 'x' } }))
  expect(search(tree, requestsOf('m'), 2)).toEqual({ kind: 'gave up', tries: 2 })
})
