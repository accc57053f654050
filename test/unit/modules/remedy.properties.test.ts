import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolve } from '../../../src/modules/resolve.ts'
import { hasErrors } from '../../../src/text/diagnostic.ts'
import {
  type Asked,
  randomAliases,
  randomRequests,
  randomTrees,
  treeOf,
  versionTexts,
} from '../../support/random-trees.ts'
import { scriptRequests } from '../../support/requests.ts'
import { siteOf } from '../../support/tree.ts'

const randomCase = fc.record({
  site: fc
    .tuple(randomTrees, randomAliases)
    .map(([tree, aliases]) => siteOf(treeOf(tree, aliases))),
  list: randomRequests,
  repeated: fc.nat({ max: 3 }),
})

type Case = { readonly site: ReturnType<typeof siteOf>; readonly list: readonly Asked[] }

function errorsOf({ site, list }: Case) {
  const script = list.map(([module, version]) => `require ${module} ${version}`).join('\n')
  const { diagnostics } = resolve(scriptRequests(script), site)
  return diagnostics.filter((item) => hasErrors([item]))
}

/** What a help says, done in a script with one request a line; nothing if it is no change. */
function changed(list: readonly Asked[], hint: string): readonly Asked[] | undefined {
  const edits = [
    ...hint.matchAll(
      /(?:use (\w+) (\S+)|drop the version of (\w+)) in ((?:st\.cmd:\d+(?:, | and )?)+)/g,
    ),
  ]
  if (edits.length === 0) return undefined
  const after = new Map(list.map((asked, index) => [index + 1, asked]))
  for (const [, used, version = '', dropped, places = ''] of edits) {
    for (const [, line] of places.matchAll(/st\.cmd:(\d+)/g)) {
      expect(after.get(Number(line))?.[0]).toBe(used ?? dropped)
      after.set(Number(line), [used ?? dropped ?? '', version])
    }
  }
  return [...after.values()]
}

test('a change that the help says works, at all places of a request', () => {
  let helped = 0
  fc.assert(
    fc.property(randomCase, ({ site, list: once, repeated }) => {
      const list = [...once, ...once.slice(0, repeated)]
      const [error, ...others] = errorsOf({ site, list })
      const after = error?.hint === undefined ? undefined : changed(list, error.hint)
      if (!after || others.length > 0) return
      helped++
      expect(errorsOf({ site, list: after })).toEqual([])
    }),
    { numRuns: 1_000 },
  )
  expect(helped).toBeGreaterThan(100)
})

test('if the help is no change of requests, no change of one request helps', () => {
  let hopeless = 0
  fc.assert(
    fc.property(randomCase, ({ site, list }) => {
      const [error, ...others] = errorsOf({ site, list })
      if (!error || others.length > 0 || changed(list, error.hint ?? '')) return
      if (new Set(list.map(([module]) => module)).size < list.length) return
      hopeless++
      for (const [index, [module]] of list.entries()) {
        for (const version of ['', ...versionTexts]) {
          expect(errorsOf({ site, list: list.with(index, [module, version]) })).not.toEqual([])
        }
      }
    }),
    { numRuns: 1_000 },
  )
  expect(hopeless).toBeGreaterThan(100)
})
