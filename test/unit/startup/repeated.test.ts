import { expect, test } from 'vitest'
import { eachOnce } from '../../../src/startup/repeated.ts'
import { diagnostic } from '../../../src/text/diagnostic.ts'

const source = { name: 'st.cmd', text: '$(IF) a\n'.repeat(9) }

function undefinedMacro(line: number, severity: 'error' | 'warning' = 'warning') {
  const at = { source, start: line * 8, end: line * 8 + 5 }
  return diagnostic('MACRO_UNDEFINED', 'macro IF is undefined', { at, severity })
}

test('a macro that many lines lack is one finding with the next places', () => {
  const usage = diagnostic('SHELL_USAGE', 'x')
  const all = [0, 1, 2, 3, 4, 5].map((line) => undefinedMacro(line))
  const found = eachOnce([usage, ...all, usage])
  expect(found.map(({ code }) => code)).toEqual(['SHELL_USAGE', 'MACRO_UNDEFINED', 'SHELL_USAGE'])
  expect(found[1]?.at?.start).toBe(0)
  expect(found[1]?.notes.map(({ message, at }) => `${message} ${at?.start ?? ''}`)).toEqual([
    ...['also here 8', 'also here 16', 'also here 24'],
    'and 2 times more ',
  ])
})

test.each([
  [[undefinedMacro(0), undefinedMacro(1, 'error')], 'error'],
  [[undefinedMacro(0), undefinedMacro(1)], 'warning'],
] as const)('the worst severity counts', (all, severity) => {
  expect(eachOnce(all).map((one) => one.severity)).toEqual([severity])
})

test('other messages stay apart', () => {
  const other = diagnostic('MACRO_UNDEFINED', 'macro X is undefined')
  expect(eachOnce([undefinedMacro(0), other])).toHaveLength(2)
})
