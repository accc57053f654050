import { expect, test } from 'vitest'
import { quoteCommand, quoteWord } from '../../../src/shell/quote.ts'

test.each([
  ['', "''"],
  ['abc', "'abc'"],
  ['$(X) "y"', '\'$(X) "y"\''],
  ["it's", `'it'"'"'s'`],
  ["''", `"''"`],
  ['C:\\dir\\', "'C:\\dir'\\\\"],
  ["a\\'b", `'a'\\\\"'"'b'`],
])('%j is written as %s', (text, word) => {
  expect(quoteWord(text)).toBe(word)
})

test.each(['a\nb', 'a\rb', 'a\0b', '\ud800'])('%j cannot be written', (text) => {
  expect(quoteWord(text)).toBeUndefined()
  expect(quoteCommand('echo', ['x', text])).toBeUndefined()
  expect(quoteCommand(text)).toBeUndefined()
})

test('a command name is quoted only if need be', () => {
  expect(quoteCommand('dbLoadRecords', ['a b', 'P=1'])).toBe("dbLoadRecords 'a b' 'P=1'")
  expect(quoteCommand('#odd')).toBe("'#odd'")
})
