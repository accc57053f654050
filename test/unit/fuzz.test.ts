import { expect, test } from 'vitest'
import { fuzz } from '../support/fuzz/fuzz.ts'
import { targets } from '../support/fuzz/targets.ts'

/** A run by hand takes more, and other seeds: `npm run fuzz -- 1000000`. */
test('no parser throws or takes long on 10,000 made-up inputs', { timeout: 120_000 }, () => {
  expect(fuzz({ targets, count: 10_000, seed: 1, bound: 2000 })).toEqual([])
})
