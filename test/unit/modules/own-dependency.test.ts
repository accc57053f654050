import { expect, test } from 'vitest'
import { parseRequest } from '../../../src/modules/module-request.ts'
import { ownDependency } from '../../../src/modules/own-dependency.ts'
import { resolve } from '../../../src/modules/resolve.ts'
import { siteOf } from '../../support/tree.ts'

const site = siteOf({
  a: { '1.0.0': '' },
  b: { '1.0.0': 'a 1.0.0' },
  c: { '1.0.0': 'b 1.0.0' },
  d: { '1.0.0': '' },
})

test.each([
  ['another module', ['d'], undefined],
  ['itself', ['a'], 'a depends on itself: a 2.0.0 -> a'],
  ['itself in a version', ['d', 'a,1.0.0'], 'a depends on itself: a 2.0.0 -> a 1.0.0'],
  ['one that needs it', ['b'], 'a depends on itself: a 2.0.0 -> b -> a 1.0.0'],
  [
    'one that needs it through another',
    ['c'],
    'a depends on itself: a 2.0.0 -> c -> b 1.0.0 -> a 1.0.0',
  ],
])('a requires %s', (_title, requires, message) => {
  const requests = requires.flatMap((text) => parseRequest(text).value ?? [])
  const { modules } = resolve(requests, site)
  const built = { name: { text: 'a' }, version: { text: '2.0.0' } }
  expect(ownDependency(built, modules)?.message).toBe(message)
})
