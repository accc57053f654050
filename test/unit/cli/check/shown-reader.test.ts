import { expect, test } from 'vitest'
import { shownReader } from '../../../../src/cli/check/shown-reader.ts'

test('what is read is shown before, and its length behind', () => {
  const shown: unknown[] = []
  const files = {
    read: (path: string) =>
      path === '/a.db'
        ? { source: { name: path, text: 'abc' }, hasByteOrderMark: false, isStream: false }
        : { reason: 'it is not there', isMissing: true },
    kindOf: () => undefined,
    list: () => [],
    realPath: (path: string) => path,
  }
  const reader = shownReader(files, 'checking st.cmd', (...words) => void shown.push(words))
  expect(reader.read('/a.db')).toMatchObject({ source: { text: 'abc' } })
  reader.read('/b.db')
  expect(shown).toEqual([
    ['checking st.cmd: /a.db'],
    ['checking st.cmd: /a.db', 3],
    ['checking st.cmd: /b.db'],
  ])
})
