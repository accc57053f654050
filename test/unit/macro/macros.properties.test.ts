import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8Length } from '../../../src/macro/bytes.ts'
import { parseDefinitions } from '../../../src/macro/definitions.ts'
import { createMacros } from '../../../src/macro/macros.ts'
import { hostileText } from '../../support/hostile-text.ts'

const scenario = fc.record({
  list: hostileText({ maxLength: 30 }),
  text: hostileText({ maxLength: 30 }),
  environment: hostileText({ maxLength: 10 }),
  limits: fc.constantFrom('exact' as const, 'off' as const),
})

test('any text with any definitions is expanded, and all places lie in the text', () => {
  fc.assert(
    fc.property(scenario, ({ list, text, environment, limits }) => {
      const macros = createMacros({
        environment: (name) => (name === 'B' ? environment : undefined),
        limits,
      })
      macros.define(list)
      const expansion = macros.expandGrowing(text)
      const isPlaced = [...expansion.problems, ...expansion.references].every(
        ({ start, end }) => start >= 0 && start <= end && end <= text.length,
      )
      const isExplained = expansion.ok || expansion.problems.length > 0
      return isPlaced && isExplained && expansion.ok === expansion.status >= 0
    }),
    { numRuns: 10_000 },
  )
})

test('a text without references stays as it is, and its length is counted in bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (any) => {
      const text = any.replaceAll('$', '')
      const { text: result, status } = createMacros().expand(text)
      expect(result).toBe(text)
      expect(status).toBe(utf8Length(text))
    }),
  )
})

test('scopes are without trace: push, define, pop changes nothing', () => {
  fc.assert(
    fc.property(scenario, ({ list, text }) => {
      const inner = createMacros()
      inner.define('A=1,B=$(A)')
      inner.push()
      // A name alone would be removed from the outer scopes too.
      for (const { name, raw } of parseDefinitions(list)) if (raw) inner.put(name, raw)
      inner.pop()
      const plain = createMacros()
      plain.define('A=1,B=$(A)')
      expect(inner.expand(text).text).toBe(plain.expand(text).text)
    }),
    { numRuns: 500 },
  )
})
