import { expect, test } from 'vitest'
import { createMacros } from '../../../src/macro/macros.ts'
import { warningText } from '../../../src/macro/warnings.ts'

test.each([
  ['x $(A)', '', ['macLib: macro A is undefined (expanding string x $(A))']],
  ['', 'A=$(B)', ['macLib: macro B is undefined (expanding macro A)']],
  ['', 'A=$(A)', ['macLib: macro A is recursive (expanding macro A)']],
])('%j with %j', (text, list, expected) => {
  const macros = createMacros()
  macros.define(list)
  expect(macros.expand(text).warnings.map(warningText)).toEqual(expected)
})
