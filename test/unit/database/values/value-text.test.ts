import { expect, test } from 'vitest'
import { shownText, valueText } from '../../../../src/database/values/value-text.ts'

test.each([
  ['plain', 'string', 'utf8', 'plain', 'plain'],
  [String.raw`a\tb`, 'word', 'utf8', String.raw`a\tb`, String.raw`a\tb`],
  [String.raw`\"a\"\x41`, 'string', 'utf8', '"a"A', '"a"A'],
  [String.raw`\xc3\xa9`, 'string', 'utf8', 'é', 'é'],
  ['°C', 'string', 'utf8', '°C', '°C'],
  ['𝜇', 'string', 'utf8', '𝜇', '𝜇'],
  [String.raw`é\xe9`, 'string', 'utf8', 'é\udce9', 'éé'],
  ['é', 'string', 'latin1', '\udce9', 'é'],
  ['Ã©', 'string', 'latin1', 'é', 'é'],
  ['{a:"é"}', 'json', 'latin1', '{a:"\udce9"}', '{a:"é"}'],
  [String.raw`a\x00b`, 'string', 'utf8', 'a', 'a'],
] as const)('%j as %s in %s', (value, form, encoding, text, shown) => {
  expect(valueText({ value, form, in: { source: { encoding } } })).toBe(text)
  expect(shownText(text)).toBe(shown)
})
