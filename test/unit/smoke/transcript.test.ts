import { expect, test } from 'vitest'
import { initDonePattern, lastLine, readTranscript } from '../../../src/smoke/transcript.ts'

test.each([
  ['colour of base 7.0.8', '\u001b[31;1mERROR\u001b[0m st.cmd line 2: no such command', true],
  ['colour of base 7.0.10', '\u001b[31;1mERROR \u001b[0mst.cmd line 2', true],
  ['no colour', 'ERROR st.cmd line 2: no such command', true],
  ['base 7.0.4', '/tmp/run/st.cmd line 2: Command nosuch not found.', true],
  ['lines that are counted', 'read st.cmd line 2', false],
  ['inside a line', '2026/01/01 asyn: drvAsynIPPort ERROR connect', true],
  ['behind the prompt', '\u001b[32;1mepics> \u001b[0mERROR of a driver', true],
  ['with carriage return', 'ERROR\r', true],
  ['an echoed command', '\u001b[1mdbLoadRecords("x.db","S=ERROR")\u001b[0m', false],
  ['an echoed comment', '\u001b[34;1m# ERROR is printed below\u001b[0m', false],
  ['an echoed comment without colour', '# ERROR is printed below', false],
  ['a warning', 'cas WARNING: Configured TCP port was unavailable.', false],
  ['lower case', 'Error: none', false],
  ['part of a word', 'ON_ERROR=1 TERRORS', false],
])('%s', (_title, line, isError) => {
  const { lines } = readTranscript('<console>', `first\n${line}\n`)
  expect(lines.map((one) => one.isError)).toEqual([false, isError, false])
})

test('places are those of the text without colours', () => {
  const { source, lines } = readTranscript(
    '<console>',
    '\u001b[1ma\u001b[0m\n\u001b[31mbc\u001b[0m\n',
  )
  expect(source.text).toBe('a\nbc\n')
  const at = lines[1]?.at
  expect(at && source.text.slice(at.start, at.end)).toBe('bc')
})

test('the last line is the last one that says something', () => {
  expect(lastLine(readTranscript('<console>', 'a\nb\n \n'))?.text).toBe('b')
  expect(lastLine(readTranscript('<console>', ''))).toBeUndefined()
})

test('iocInit is done when base says so at the start of a line', () => {
  expect(initDonePattern.test('iocRun: All initialization complete')).toBe(true)
  expect(initDonePattern.test('# iocRun: All initialization complete')).toBe(false)
})
