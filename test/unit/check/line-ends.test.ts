import { expect, test } from 'vitest'
import { type LineReader, lineEndFindings } from '../../../src/check/line-ends.ts'
import { applyFixes } from '../../../src/text/edits.ts'

test.each<[string, string, LineReader, string[], string]>([
  ['a good file', 'a\nb\n', 'script', [], 'a\nb\n'],
  ['an empty file', '', 'script', [], ''],
  ['a command that base does not run', 'a\nb', 'script', ['LINE_END_MISSING warning'], 'a\nb\n'],
  ['a last comment', 'a\n # b', 'script', ['LINE_END_MISSING info'], 'a\n # b\n'],
  ['a last line of blanks', 'a\n  ', 'script', ['LINE_END_MISSING info'], 'a\n  \n'],
  ['a database', 'a', 'other', ['LINE_END_MISSING info'], 'a\n'],
  ['a last line to join', 'a \\\n', 'script', ['LINE_END_MISSING warning'], 'a \\\n\n'],
  ['one without an end', '# \\', 'script', ['LINE_END_MISSING warning'], '# \\\n\n'],
  ['a last line that is joined', 'a \\\n\n', 'script', [], 'a \\\n\n'],
  ['a database of backslashes', '# \\\n', 'other', [], '# \\\n'],
  ['CR LF', 'a\r\nb\r\n', 'other', ['LINE_END_CRLF info'], 'a\nb\n'],
  ['CR in a line', 'a\rb\n', 'other', [], 'a\rb\n'],
])('%s', (_title, text, reader, expected, fixed) => {
  const found = lineEndFindings({ name: 'x', text }, reader)
  expect(found.map(({ code, severity }) => `${code} ${severity}`)).toEqual(expected)
  expect(applyFixes(found)[0]?.text ?? text).toBe(fixed)
})

test('CR LF and a missing last line end: both are put right', () => {
  const found = lineEndFindings({ name: 'x', text: 'a\r\nb' }, 'other')
  expect(applyFixes(found).map(({ text }) => text)).toEqual(['a\nb\n'])
})
