import { expect, test } from 'vitest'
import { onlyNamesSymbols } from '../../../../src/database/dbd/plain.ts'

test.each([
  ['', true],
  ['# generated\nregistrar(asynRegister)\n  driver(drvAsyn)\nvariable(asynDebug, int)', true],
  ['function("aSubLookup") variable(x)\n# the end', true],
  ['device(ai, INST_IO, devX, "X")', false],
  ['include "other.dbd"', false],
  ['recordtype(x) {}', false],
  ['# of $(MODULE)\nregistrar(a)', false],
  ['registrar(a', false],
  ['registrar(a, b)', false],
  ['\u{feff}x', false],
  ['registrar(a) x', false],
])('%j: %s', (text, expected) => {
  expect(onlyNamesSymbols(text)).toBe(expected)
})

test('a long file that is not', () => {
  const text = `${'registrar(a)\n'.repeat(100_000)}device`
  expect(onlyNamesSymbols(text)).toBe(false)
})
