import { expect, test } from 'vitest'
import { diagnostic } from '../../../src/text/diagnostic.ts'

test('texts stay as they are, very long ones keep both ends', () => {
  const long = `the name ${'A'.repeat(1e6)} is too long`
  const { message, notes, hint } = diagnostic('RECORD_NAME', long, {
    notes: [{ message: long }, { message: 'short' }],
    hint: 'shorten it',
  })
  expect(message).toMatch(/^the name A{700,}…A+ is too long$/)
  expect(message).toHaveLength(1001)
  expect(notes.map((note) => note.message)).toEqual([message, 'short'])
  expect(hint).toBe('shorten it')
})
