import { expect, test } from 'vitest'
import { loadDefinitions, told } from '../../../support/definitions.ts'

const files = {
  'a.dbd': 'menu(m) { choice(a, "A") }\n',
  'b.dbd': 'menu(m) { choice(b, "B") }\n',
  'choices.dbd': 'choice(q, "Q")\n',
}

/** The choices of the menu m. */
function choices(text: string): string[] {
  const { set, diagnostics } = loadDefinitions({ ...files, 'main.dbd': text })
  expect(diagnostics.filter(({ code }) => code !== 'DBD_REDEFINED')).toEqual([])
  return [...(set.menus.get('m')?.choices.keys() ?? [])]
}

test.each([
  ['include "a.dbd"\ninclude "b.dbd"\n', ['A']],
  ['include "a.dbd" include "b.dbd"\n', ['B']],
  ['include "a.dbd" menu(m) { choice(c, "C") }\n', ['C']],
  ['menu(m) { choice(c, "C")\ninclude "choices.dbd"\n}', ['C', 'Q']],
  ['menu(m) {\ninclude "choices.dbd"\nchoice(c, "C") }', ['Q', 'C']],
  ['menu(m) {\ninclude "choices.dbd" choice(c, "C")\n}', ['C', 'Q']],
])('%j', (text, expected) => {
  expect(choices(text)).toEqual(expected)
})

test.each([
  ['menu(m) { choice(c, "C") include "choices.dbd" }', '1:26'],
  ['include "a.dbd" menu(n) {\nchoice(c, "C") }', '1:1'],
])('%j: a file that comes too late', (text, place) => {
  expect(told(loadDefinitions({ ...files, 'main.dbd': text }).diagnostics)).toEqual([
    expect.stringContaining(`main.dbd:${place} DBD_SYNTAX the IOC reads the included file`),
  ])
})
