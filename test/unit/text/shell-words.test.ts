import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoteShellWord, splitShellWords } from '../../../src/text/shell-words.ts'

test.each([
  ['a b\n c', ['a', 'b', 'c']],
  ["-c 'echo hello world'", ['-c', 'echo hello world']],
  ['"a \\" $b \\x" c\\ d', ['a " $b \\x', 'c d']],
  ['# comment\na#b # rest', ['a#b']],
  ['a\'b\'"c"', ['abc']],
  ["''", ['']],
  ['a\\\nb', ['ab']],
  ['', []],
])('%j: %j', (text, expected) => {
  expect(splitShellWords({ text }).words.map((word) => word.text)).toEqual(expected)
})

test.each(["a 'b", 'a "b', "'"])('unclosed quote in %j', (text) => {
  expect(splitShellWords({ text }).unclosed).toBe(text.search(/['"]/))
})

test('a quoted word reads back as it is', () => {
  fc.assert(
    fc.property(fc.string(), (word) => {
      expect(splitShellWords({ text: quoteShellWord(word) }).words[0]?.text).toBe(word)
    }),
  )
})
