import { expect, test } from 'vitest'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { renderText } from '../../../src/text/render.ts'
import { spanOf } from '../../../src/text/span.ts'

const script = { name: 'st.cmd', text: 'dbl\n\tload(asyn)\nlast' }
const caller = { name: 'main.cmd', text: '< st.cmd\n' }

test('a message has its place, the line with the place underlined, notes, reasons and help', () => {
  const at = { ...spanOf(script, 5, 9), from: { message: 'loaded here', at: spanOf(caller, 0, 8) } }
  const item = diagnostic('FILE_NOT_FOUND', 'no file asyn', {
    at,
    notes: [{ message: 'searched: .' }, { message: 'also here', at: spanOf(script, 16, 20) }],
    hint: 'write another name',
  })
  expect(renderText(item)).toMatchInlineSnapshot(`
    "st.cmd:2:2: error[FILE_NOT_FOUND]: no file asyn
      2 | \\tload(asyn)
        |   ^^^^
      note: searched: .
      note: st.cmd:3:1: also here
      note: main.cmd:1:1: loaded here
      help: write another name"
  `)
})

test('a message without a place begins with its severity', () => {
  expect(renderText(diagnostic('OPTION_VALUE', 'no'))).toBe('error[OPTION_VALUE]: no')
})

test('terminal escapes from files are not sent to the terminal', () => {
  const source = { name: 'a\u001b[2J.cmd', text: 'x\u001b]0;owned\u0007y' }
  const text = renderText(diagnostic('OPTION_VALUE', 'bad \u202e text', { at: spanOf(source) }))
  expect(text).not.toMatch(/[\u001b\u0007\u202e]/)
  expect(text).toContain('a\\u001b[2J.cmd:1:1')
})

test('a long line is cut with the place in view', () => {
  const source = { name: 'x', text: `${'a'.repeat(500)}HERE${'b'.repeat(500)}` }
  const lines = renderText(diagnostic('OPTION_VALUE', 'm', { at: spanOf(source, 500, 504) }), {
    width: 60,
  }).split('\n')
  const column = lines[2]?.indexOf('^') ?? -1
  expect(lines[1]?.length).toBeLessThanOrEqual(60)
  expect(lines[1]?.slice(column, column + 4)).toBe('HERE')
})

test('colours are drawn when asked for', () => {
  expect(renderText(diagnostic('OPTION_VALUE', 'm'), { color: true })).toBe(
    '\u001b[1;31merror[OPTION_VALUE]\u001b[0m: m',
  )
})

test('a reason that several places have is told once', () => {
  const loader = { name: 'st.cmd', text: 'dbLoadRecords x.db\n' }
  const database = { name: 'x.db', text: 'one\ntwo\nthree\n' }
  const from = { message: 'loaded here', at: spanOf(loader, 14, 18) }
  const note = (start: number, end: number) => ({
    message: 'also here',
    at: { ...spanOf(database, start, end), from },
  })
  const at = { ...spanOf(database, 0, 3), from }
  const item = diagnostic('SHELL_SYNTAX', 'it is wrong', { at, notes: [note(4, 7), note(8, 13)] })
  expect(renderText(item).split('\n').slice(3)).toEqual([
    '  note: x.db:2:1: also here',
    '  note: x.db:3:1: also here',
    '  note: st.cmd:1:15: loaded here',
  ])
})
