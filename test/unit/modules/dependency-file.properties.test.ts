import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDependencies } from '../../../src/modules/dependency-file.ts'
import { isModuleName } from '../../../src/modules/module-name.ts'

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.constantFrom('asyn', '1.0.0+1', ' ', '\t', '\n', '\r\n', '#', '$', "'", '..'))
    .map((parts) => parts.join('')),
)

test('any text is read; every name that comes out is a module name, every place is in the text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { value, diagnostics } = parseDependencies({ name: 'm.dep', text })
      for (const { module } of value) expect(isModuleName(module)).toBe(true)
      for (const { at } of [...value, ...diagnostics]) {
        expect(at && 0 <= at.start && at.start < at.end && at.end <= text.length).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})
