import { expect, test } from 'vitest'
import { cutLines, requestLines } from '../../../../src/database/requests/request-lines.ts'

function linesOf(text: string): string[] {
  return Array.from(requestLines(text), (line) => {
    const written = text.slice(line.start, line.end)
    return line.kind === 'file' ? `file ${written} (${line.macros})` : `${line.kind} ${written}`
  })
}

test.each([
  ['a:m1.VAL\n', ['pv a:m1.VAL']],
  ['  a:m1.VAL  what follows does not count\n', ['pv a:m1.VAL']],
  ['# a:m1\n\n   # a:m1\n', []],
  ['a#b\n', ['pv a#b']],
  ['!a\n', ['ignored !a']],
  ['"a"\n', ['ignored "a"']],
  ['<a>\n', ['pv <a>']],
  ['file x.req P=a:,M=m1\n', ['file x.req (P=a:,M=m1)']],
  ['file "x.req" "P=a:, M=m1"\n', ['file x.req (P=a:,M=m1)']],
  ['file x.req P=a: M=m1\n', ['file x.req (P=a:,M=m1)']],
  ['file x.req   P=a: ,, M=m1 ,\n', ['file x.req (P=a:,M=m1)']],
  ['file x.req P=,M=m1\n', ['file x.req (P=M=m1)']],
  ['file x.req P\n', ['file x.req ()']],
  ['file x.req# c\n', ['file x.req ()']],
  ['file x.req A=1 # c\n', ['file x.req (A=1,#,c)']],
  ['filex.req\n', ['file x.req ()']],
  ['file\n', ['file  ()']],
  [' file x.req P=a:\n', ['indented file']],
  [' file\n', ['pv file']],
  ['a\r\nb', ['pv a', 'pv b']],
])('%j', (text, expected) => {
  expect(linesOf(text)).toEqual(expected)
})

test.each([
  ['a\n', []],
  ['a', ['open a']],
  ['a ', []],
  ['# a', []],
  [`${'x'.repeat(198)}\n`, []],
  [`${'x'.repeat(199)}\n`, [`long ${'x'.repeat(199)}`]],
  [`${'é'.repeat(99)}\n`, []],
  [`${'é'.repeat(100)}\n`, [`long ${'é'.repeat(100)}`]],
  [`#${'x'.repeat(300)}\n`, []],
])('cut: %j', (text, expected) => {
  const found = Array.from(
    cutLines(text),
    ({ kind, start, end }) => `${kind} ${text.slice(start, end)}`,
  )
  expect(found).toEqual(expected)
})
