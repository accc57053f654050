import { expect, test } from 'vitest'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { renderGithub, renderJson } from '../../../src/text/formats.ts'
import { spanOf } from '../../../src/text/span.ts'

const source = { name: 'a,b:c.cmd', text: 'one\ntwo three\n' }
const item = diagnostic('OPTION_VALUE', '100% wrong', {
  at: spanOf(source, 8, 13),
  notes: [{ message: 'see', at: spanOf(source, 0, 3) }],
  hint: 'write\nmore',
})

test('JSON: one line with places as numbers', () => {
  expect(JSON.parse(renderJson(item))).toEqual({
    code: 'OPTION_VALUE',
    severity: 'error',
    message: '100% wrong',
    file: 'a,b:c.cmd',
    line: 2,
    column: 5,
    endLine: 2,
    endColumn: 10,
    notes: [{ message: 'see', file: 'a,b:c.cmd', line: 1, column: 1, endLine: 1, endColumn: 4 }],
    from: [],
    hint: 'write\nmore',
  })
  expect(renderJson(item)).not.toContain('\n')
})

test('JSON: how many others it stands for', () => {
  expect(JSON.parse(renderJson({ ...item, more: [7, 8] }))).toMatchObject({ more: 2 })
})

test('GitHub: separators of the command syntax are escaped', () => {
  expect(renderGithub(item)).toBe(
    '::error file=a%2Cb%3Ac.cmd,line=2,col=5,title=OPTION_VALUE::100%25 wrong%0Anote: a,b:c.cmd:1:1: see%0Ahelp: write%0Amore',
  )
  expect(renderGithub(diagnostic('OPTION_VALUE', 'm', { severity: 'info' }))).toBe(
    '::notice title=OPTION_VALUE::m',
  )
})

test('GitHub: how the place came to be read', () => {
  const script = { name: 'st.cmd', text: '< a.cmd\n' }
  const from = { message: 'read here', at: spanOf(script, 0, 7) }
  const inner = diagnostic('OPTION_VALUE', 'm', { at: { ...spanOf(source, 0, 3), from } })
  expect(renderGithub(inner)).toContain('::m%0Anote: st.cmd:1:1: read here')
})
