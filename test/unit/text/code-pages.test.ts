import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findCode, readCodePages } from '../../../src/text/code-pages.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/codes.md'), 'utf8')

test.each([...readCodePages(page).values()])('$code: $summary', ({ summary, markdown }) => {
  expect(summary).toMatch(/^.{8,250}\.$/)
  expect(summary).not.toContain('](')
  expect(markdown).not.toMatch(/^#/m)
})

test('headings that are no codes are left out', () => {
  expect([...readCodePages('# A\n\n## Other\n\nx\n\n## OPTION_VALUE\n\ny.\n').keys()]).toEqual([
    'OPTION_VALUE',
  ])
  expect(readCodePages('').size).toBe(0)
})

test.each([
  ['OPTION_VALUE', { code: 'OPTION_VALUE' }],
  [' option-value', { code: 'OPTION_VALUE' }],
  ['OPTION_VALE', { near: ['OPTION_VALUE'] }],
  ['zzzz', { near: [] }],
  ['constructor', { near: [] }],
])('%j', (word, expected) => {
  expect(findCode(word)).toEqual(expected)
})
