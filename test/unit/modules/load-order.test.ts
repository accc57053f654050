import { expect, test } from 'vitest'
import { loadOrder, newModules } from '../../../src/modules/load-order.ts'

function modulesOf(tree: Readonly<Record<string, string>>) {
  return Object.entries(tree).map(([name, needs]) => ({
    name,
    dependencies: needs.split(' ').map((module) => ({ module })),
  }))
}

function order(tree: Readonly<Record<string, string>>, requests: string): string {
  const byName = new Map(modulesOf(tree).map((item) => [item.name, item]))
  const asked = requests.split(' ').map((module) => ({ module }))
  return loadOrder(byName, asked)
    .map(({ name }) => name)
    .join(' ')
}

test.each([
  ['what is needed comes first', { a: 'b', b: 'c', c: '' }, 'a', 'c b a'],
  ['otherwise the order of the requests', { a: '', b: '' }, 'b a', 'b a'],
  ['the order of the .dep file', { a: 'c b', b: '', c: '' }, 'a', 'c b a'],
  ['each once', { a: 'c', b: 'c', c: '' }, 'a b a', 'c a b'],
  ['a module required before it is needed', { a: 'b', b: '' }, 'b a', 'b a'],
  ['unknown modules are left out', { a: 'x' }, 'a y', 'a'],
  ['a cycle ends', { a: 'b', b: 'a' }, 'a', 'b a'],
])('%s', (_title, tree, requests, expected) => {
  expect(order(tree, requests)).toBe(expected)
})

test('one require line loads what is new at its place', () => {
  const modules = modulesOf({ a: 'c', b: 'c d', c: '', d: '' })
  const names = (module: string, ...loaded: string[]) =>
    newModules(modules, module, new Set(loaded)).map(({ name }) => name)
  expect(names('a')).toEqual(['c', 'a'])
  expect(names('b', 'c', 'a')).toEqual(['d', 'b'])
  expect(names('b', 'c', 'd', 'b')).toEqual([])
})

test('a chain of 20,000 modules does not exhaust the stack', () => {
  const tree = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`m${i}`, `m${i + 1}`]))
  expect(order(tree, 'm0').startsWith('m19999 m19998 ')).toBe(true)
})
