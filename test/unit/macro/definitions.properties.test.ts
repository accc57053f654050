import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDefinitions, parseDefinitions } from '../../../src/macro/definitions.ts'
import { createMacros } from '../../../src/macro/macros.ts'
import { hostileText } from '../../support/hostile-text.ts'

test('a written list gives exactly the same values, whatever is in them', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/)
  const pairs = fc.uniqueArray(fc.tuple(name, hostileText({ maxLength: 40 })), {
    selector: ([key]) => key,
    maxLength: 5,
  })
  fc.assert(
    fc.property(pairs, (wanted) => {
      const list = formatDefinitions(wanted)
      if (list === undefined) return
      const macros = createMacros({ environment: () => 'environment', limits: 'exact' })
      macros.define(list)
      for (const [key, value] of wanted) expect(macros.expand(`$(${key})`).text).toBe(value)
    }),
    { numRuns: 1000 },
  )
})

test('any name survives writing and reading', () => {
  fc.assert(
    fc.property(hostileText({ maxLength: 20 }), hostileText({ maxLength: 20 }), (name, other) => {
      const list = formatDefinitions([
        [name, '1'],
        [other, undefined],
      ])
      if (list === undefined) return
      expect(parseDefinitions(list).map((item) => item.name)).toEqual([name, other])
    }),
    { numRuns: 1000 },
  )
})

test('any text is a list', () => {
  fc.assert(
    fc.property(hostileText({ maxLength: 60 }), (list) => {
      return parseDefinitions(list).every(({ start, end }) => start < end && end <= list.length)
    }),
    { numRuns: 10_000 },
  )
})
