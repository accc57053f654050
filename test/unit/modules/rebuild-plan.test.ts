import { expect, test } from 'vitest'
import { parseRequest } from '../../../src/modules/module-request.ts'
import { planRebuild } from '../../../src/modules/rebuild-plan.ts'
import { type ShortTree, siteOf } from '../../support/tree.ts'

const plan = (tree: ShortTree, version = '1.7.1'): string[] =>
  planRebuild(siteOf(tree), { module: 'scaling', version }).steps.map(
    ({ module, from, to, pins }) =>
      `${module} ${from.text} -> ${to}: ${pins
        .map((pin) => `${pin.module} ${pin.before} -> ${pin.after}`)
        .join(', ')}`,
  )

const scaling = { '1.7.0': '', '1.7.0+1': '', '1.7.1': '' }

test.each<[string, ShortTree, string[]]>([
  ['nobody', { scaling, a: { '1.0.0': '' } }, []],
  [
    'the example of the documentation',
    { scaling, llrf: { '3.16.1': 'scaling 1.7.0' } },
    ['llrf 3.16.1 -> 3.16.1+0: scaling 1.7.0 -> 1.7.1'],
  ],
  ['it has it already', { scaling, a: { '1.0.0': 'scaling 1.7.1' } }, []],
  ['it has a newer one', { scaling, a: { '1.0.0': 'scaling 2.0.0' } }, []],
  ['it takes any', { scaling, a: { '1.0.0': 'scaling' } }, []],
  ['it works with a test version', { scaling, a: { '1.0.0': 'scaling mytest' } }, []],
  [
    'it needs a newer one, the version before an older one',
    { scaling, a: { '4.0.0': 'scaling 2.0.0', '3.0.0': 'scaling 1.7.0' } },
    ['a 3.0.0 -> 3.0.0+0: scaling 1.7.0 -> 1.7.1'],
  ],
  [
    'its newest version needs it no more',
    { scaling, a: { '2.0.0': '', '1.0.0': 'scaling 1.7.0' } },
    [],
  ],
  ['test versions are left out', { scaling, a: { mytest: 'scaling 1.7.0' } }, []],
  [
    'of each module the newest version, the revision behind all that are there',
    {
      scaling,
      a: { '1.0.0+4': 'scaling 1.7.0', '1.0.0+10': 'scaling 1.7.0', '0.9.0': 'scaling 1.7.0' },
    },
    ['a 1.0.0+10 -> 1.0.0+11: scaling 1.7.0 -> 1.7.1'],
  ],
  [
    'a chain, in the order of what is needed',
    {
      scaling,
      a: { '1.0.0': 'b 1.0.0;c 1.0.0' },
      b: { '1.0.0': 'c 1.0.0;scaling 1.7.0' },
      c: { '1.0.0': 'scaling 1.7.0+1' },
    },
    [
      'c 1.0.0 -> 1.0.0+0: scaling 1.7.0+1 -> 1.7.1',
      'b 1.0.0 -> 1.0.0+0: c 1.0.0 -> 1.0.0+0, scaling 1.7.0 -> 1.7.1',
      'a 1.0.0 -> 1.0.0+0: b 1.0.0 -> 1.0.0+0, c 1.0.0 -> 1.0.0+0',
    ],
  ],
  [
    'a pin to a version that does not need it stays',
    { scaling, a: { '1.0.0': 'b 1.0.0' }, b: { '1.0.0': '', '2.0.0': 'scaling 1.7.0' } },
    ['b 2.0.0 -> 2.0.0+0: scaling 1.7.0 -> 1.7.1'],
  ],
  [
    'an older version that is pinned is built too',
    {
      scaling,
      a: { '1.0.0': 'b 1.0.0' },
      b: { '1.0.0': 'scaling 1.7.0', '2.0.0': 'scaling 1.7.0' },
    },
    [
      'b 1.0.0 -> 1.0.0+0: scaling 1.7.0 -> 1.7.1',
      'a 1.0.0 -> 1.0.0+0: b 1.0.0 -> 1.0.0+0',
      'b 2.0.0 -> 2.0.0+0: scaling 1.7.0 -> 1.7.1',
    ],
  ],
  [
    'of revisions of one release that are pinned, one new one is enough',
    {
      scaling,
      a: { '1.0.0': 'b 1.0.0+0' },
      b: { '1.0.0+0': 'scaling 1.7.0', '1.0.0+1': 'scaling 1.7.0+1' },
    },
    ['b 1.0.0+1 -> 1.0.0+2: scaling 1.7.0+1 -> 1.7.1', 'a 1.0.0 -> 1.0.0+0: b 1.0.0+0 -> 1.0.0+2'],
  ],
  [
    'what an earlier run has made is taken',
    {
      scaling,
      a: { '1.0.0': 'b 1.0.0+0' },
      b: { '1.0.0+0': 'scaling 1.7.0', '1.0.0+1': 'scaling 1.7.1' },
    },
    ['a 1.0.0 -> 1.0.0+0: b 1.0.0+0 -> 1.0.0+1'],
  ],
  [
    'a cycle, which no start would load',
    { scaling, a: { '1.0.0': 'b 1.0.0;scaling 1.7.0' }, b: { '1.0.0': 'a 1.0.0' } },
    ['a 1.0.0 -> 1.0.0+0: scaling 1.7.0 -> 1.7.1'],
  ],
])('%s', (_title, tree, expected) => {
  expect(plan(tree)).toEqual(expected)
})

test('a pin without revision is fulfilled by a revision', () => {
  expect(plan({ scaling, a: { '1.0.0': 'scaling 1.7.0' } }, '1.7.0+1')).toEqual([])
})

test.each<[string, ShortTree, string[]]>([
  [
    'a test version, and who needs it',
    { scaling, a: { '1.0.0': 'b mytest' }, b: { mytest: 'scaling 1.7.0' } },
    ['a 1.0.0: it needs b mytest, and it is a test version', 'b mytest: it is a test version'],
  ],
  ['a test version that has it', { scaling, a: { mytest: 'scaling 1.7.1' } }, []],
])('left as it is: %s', (_title, tree, expected) => {
  const { steps, left } = planRebuild(siteOf(tree), { module: 'scaling', version: '1.7.1' })
  expect(steps).toEqual([])
  expect(left.map(({ module, version, reason }) => `${module} ${version}: ${reason}`)).toEqual(
    expected,
  )
})

test.each<[string, string[], string[]]>([
  ['a', ['a 2.0.0+3'], []],
  ['a,1.0.0', ['a 1.0.0'], []],
  ['b', [], ['it has this version already']],
  ['c', [], ['it does not ask for a version of it']],
  ['d', [], ['it needs a newer version, or a test version']],
])('only %s', (text, expected, reasons) => {
  const tree = {
    scaling,
    a: { '1.0.0': 'scaling 1.7.0', '2.0.0+3': 'scaling 1.7.0' },
    b: { '1.0.0': 'scaling 1.7.1' },
    c: { '1.0.0': '' },
    d: { '1.0.0': 'scaling 2.0.0' },
  }
  const request = parseRequest(text).value
  if (!request) throw new Error(text)
  const only = { module: 'scaling', version: '1.7.1', only: [request] }
  const { steps, left } = planRebuild(siteOf(tree), only)
  expect(steps.map(({ module, from }) => `${module} ${from.text}`)).toEqual(expected)
  expect(left.map(({ reason }) => reason)).toEqual(reasons)
})

test('other versions stay as they were', () => {
  const tree = {
    scaling,
    asyn: { '1.0.0+0': '', '2.0.0': '' },
    a: { '1.0.0': 'asyn 1.0.0+0;scaling 1.7.0;any' },
  }
  const [step] = planRebuild(siteOf(tree), { module: 'scaling', version: '1.7.1' }).steps
  expect(step?.kept).toEqual([{ module: 'asyn', version: '1.0.0+0' }])
})

test('a chain of any length', () => {
  const length = 3_000
  const chain = Array.from({ length }, (_, index): [string, Record<string, string>] => [
    `m${index}`,
    { '1.0.0': index === 0 ? 'scaling 1.7.0' : `m${index - 1} 1.0.0` },
  ])
  expect(plan({ scaling, ...Object.fromEntries(chain) })).toHaveLength(length)
})
