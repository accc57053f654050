import { expect, test } from 'vitest'
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
    'a pin to an older version of what is rebuilt stays',
    { scaling, a: { '1.0.0': 'b 1.0.0' }, b: { '1.0.0': '', '2.0.0': 'scaling 1.7.0' } },
    ['b 2.0.0 -> 2.0.0+0: scaling 1.7.0 -> 1.7.1'],
  ],
])('%s', (_title, tree, expected) => {
  expect(plan(tree)).toEqual(expected)
})

test('a pin without revision is fulfilled by a revision', () => {
  expect(plan({ scaling, a: { '1.0.0': 'scaling 1.7.0' } }, '1.7.0+1')).toEqual([])
})
