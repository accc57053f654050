import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findConflicts } from '../../../src/modules/conflicts.ts'
import { explain } from '../../../src/modules/explain.ts'
import { openModuleTree } from '../../../src/modules/module-tree.ts'
import { groupRequests } from '../../../src/modules/repeated-requests.ts'
import { search } from '../../../src/modules/search.ts'
import { randomRequests, randomTrees, requestsOf, treeOf } from '../../support/random-trees.ts'
import { siteOf } from '../../support/tree.ts'

test('requests of a conflict fail together, and no longer if one of them is left out', () => {
  fc.assert(
    fc.property(randomTrees, randomRequests, (random, list) => {
      const tree = openModuleTree(siteOf(treeOf(random)))
      const { conflicts, rest } = findConflicts(tree, requestsOf(list))
      expect(search(tree, rest).kind).toBe('solved')
      for (const { requests } of conflicts) {
        expect(search(tree, requests).kind).toBe('failed')
        for (const request of requests) {
          const fewer = requests.filter((other) => other !== request)
          expect(search(tree, fewer).kind).toBe('solved')
        }
      }
    }),
  )
})

test('every conflict is explained by an error with notes and a hint', () => {
  fc.assert(
    fc.property(randomTrees, randomRequests, (random, list) => {
      const tree = openModuleTree(siteOf(treeOf(random)))
      const repeated = groupRequests(requestsOf(list))
      const { conflicts, rest } = findConflicts(tree, [...repeated.keys()])
      for (const conflict of conflicts) {
        const { problem: item } = explain(tree, conflict, { rest, repeated })
        expect(item.severity).toBe('error')
        expect(item.notes.length).toBeGreaterThan(0)
        expect(item.hint).toBeTruthy()
      }
    }),
  )
})
