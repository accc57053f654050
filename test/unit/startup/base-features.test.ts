import { expect, test } from 'vitest'
import { shellFeatures } from '../../../src/startup/base-features.ts'

test.each<[[number, number, number, number], boolean, boolean]>([
  [[3, 15, 9, 0], false, false],
  [[7, 0, 8, 1], false, false],
  [[7, 0, 9, 0], true, false],
  [[7, 0, 10, 0], true, true],
  [[7, 0, 10, 1], true, true],
  [[7, 1, 0, 0], true, true],
  [[8, 0, 0, 0], true, true],
])('base %j: keepsStartupScript %s, continuation %s', (parts, keepsStartupScript, continuation) => {
  const version = { text: parts.join('.'), parts, snapshot: '', site: '' }
  expect(shellFeatures({ version })).toEqual({
    ...{ keepsStartupScript, continuation, searchesSubstitutions: continuation },
    dropsErrors: !keepsStartupScript,
  })
})
