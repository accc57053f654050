import { expect, test } from 'vitest'
import { moduleTreeOf } from '../../../src/modules/module-tree.ts'
import { resolve } from '../../../src/modules/resolve.ts'
import { decide, demandsOn, initialState, retract } from '../../../src/modules/search-state.ts'
import { scriptRequests } from '../../support/requests.ts'
import { siteOf } from '../../support/tree.ts'

test('a decision that is taken back leaves the demands as they were', () => {
  const tree = moduleTreeOf(siteOf({ a: { '1.0.0': 'b 1.0.0;b 1.0.1;c' }, b: {}, c: {} }))
  const state = initialState(tree, scriptRequests('require a\nrequire b\nrequire b,1.0.0'))
  const before = new Map(state.demands)
  const [installed] = tree.versions('a')
  const usable = installed && tree.usable(installed)
  if (installed && usable) decide(state, { installed, usable })
  const counts = (): number[] => ['a', 'b', 'c'].map((name) => demandsOn(state, name).length)
  expect(counts()).toEqual([1, 4, 1])
  expect([...before].map(([name, list]) => `${name} ${list.length}`)).toEqual(['a 1', 'b 2'])
  retract(state, 'a')
  expect(counts()).toEqual([1, 2, 0])
})

test('very many lines of one .dep file for one module are no trouble', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `m 1.0.${index}`)
  const site = siteOf({ m: { '1.0.0': '' }, top: { '1.0.0': lines.join(';') } })
  const begin = performance.now()
  const { diagnostics } = resolve(scriptRequests('require top'), site)
  expect(diagnostics.map(({ code }) => code)).toEqual(['REQUIRE_NOT_FOUND'])
  expect(performance.now() - begin).toBeLessThan(8_000)
})
