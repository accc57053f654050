import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolve } from '../../../src/modules/resolve.ts'
import { hasErrors } from '../../../src/text/diagnostic.ts'
import { formatVersionRequest } from '../../../src/version/request.ts'
import {
  fits,
  randomAliases,
  randomRequests,
  randomTrees,
  requestsOf,
  treeOf,
} from '../../support/random-trees.ts'
import { siteOf } from '../../support/tree.ts'

test('either all that is asked for is there and fits, or there is an error that says why not', () => {
  fc.assert(
    fc.property(randomTrees, randomAliases, randomRequests, (tree, aliases, list) => {
      const requests = requestsOf(list)
      const { modules, diagnostics } = resolve(requests, siteOf(treeOf(tree, aliases)))
      const found = new Map(modules.map((module) => [module.name, module.version.text]))
      const asked = [...requests, ...modules.flatMap(({ dependencies }) => dependencies)]
      const missing = asked.filter(({ module, version }) => {
        const chosen = found.get(module)
        return !chosen || !fits(chosen, [module, formatVersionRequest(version)], aliases)
      })
      expect(missing.length > 0).toBe(hasErrors(diagnostics))
      expect(missing.every((request) => requests.some((direct) => direct === request))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('a module is loaded after everything it depends on', () => {
  fc.assert(
    fc.property(randomTrees, randomRequests, (tree, list) => {
      const { modules } = resolve(requestsOf(list), siteOf(treeOf(tree)))
      const order = modules.map(({ name }) => name)
      for (const { name, dependencies } of modules) {
        for (const { module } of dependencies) {
          expect(order.indexOf(module)).toBeLessThan(order.indexOf(name))
        }
      }
    }),
  )
})

test('any text in a .dep file is survived', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const site = siteOf({ m: { '1.0.0': `n\n${a}` }, n: { '1.0.0': b } })
      expect(() => resolve(requestsOf([['m', '']]), site)).not.toThrow()
    }),
  )
})
