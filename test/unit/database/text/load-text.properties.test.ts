import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadText } from '../../../../src/database/text/load-text.ts'
import { createMacros } from '../../../../src/macro/macros.ts'

const piece = fc.constantFrom(
  ...['$(A)', '${A}', '$(B=x)', '$(A=)', '${NO=d e}', '$(NO)', '$(A,B=1)', '$($(A))', '$(A=$(B))'],
  ...['$(A', '${A)', '$', '"', "'", '\\', '\n', ' ', 'field(', ')', 'x', 'é', '#', '=', ',', '}'],
)
const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''))
const value = fc.constantFrom('1', 'a b', "it's", '"q"', '$(B)', '$(A)', '', '\\$(A)', 'é', '$(NO)')

test('a prepared file becomes what macLib makes of its lines, and places lie in it', () => {
  fc.assert(
    fc.property(text, value, value, (file, a, b) => {
      const list = `A=${a},B=${b}`
      const loaded = loadText({ name: 'x.db', text: file }, { macros: { list }, limits: 'off' })
      const macros = createMacros()
      macros.define(list)
      const lines = file.match(/[^\n]*\n|[^\n]+$/g) ?? []
      expect(loaded.text.text).toBe(lines.map((line) => macros.expand(line).text).join(''))
      const { text: expanded } = loaded
      for (let at = 0; at <= expanded.text.length; at++) {
        const { start, end } = expanded.spanOf(at, Math.min(at + 1, expanded.text.length))
        expect(start >= 0 && start <= end && end <= file.length).toBe(true)
        if (!file.includes('$')) expect(start).toBe(at)
      }
    }),
    { numRuns: 2000 },
  )
})

test('text that no macro makes keeps its place', () => {
  const file = 'a $(A) b ${NO=q} c\n$(A,B=2) d\n'
  const { text: loaded } = loadText(
    { name: 'x.db', text: file },
    { macros: { list: 'A=long value' }, limits: 'off' },
  )
  const places = ['b', 'c', 'd'].map((letter) => {
    const at = loaded.text.lastIndexOf(letter)
    return loaded.spanOf(at, at + 1)
  })
  expect(places.map(({ start, end }) => file.slice(start, end))).toEqual(['b', 'c', 'd'])
  const made = loaded.spanOf(3, 5)
  expect(file.slice(made.start, made.end)).toBe('$(A)')
  expect(loaded.macrosOf(3, 5)).toEqual([{ reference: '$(A)', name: 'A', value: 'long value' }])
})
