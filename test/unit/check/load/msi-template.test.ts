import { expect, test } from 'vitest'
import { msiTemplate, msiTexts } from '../../../../src/check/load/msi-template.ts'
import { loadText } from '../../../../src/database/text/load-text.ts'
import type { Source } from '../../../../src/text/source.ts'
import { formatPlace, spanOf } from '../../../../src/text/span.ts'

const from = { message: 'loaded here', at: spanOf({ name: 'a.subs', text: '' }) }

test.each([
  ['record(ai, "$(P)") {}\n  substitute "R=1"  \n', 'a.db:2:1'],
  ['# substitute "R=1"\n', undefined],
  ['record(ai, "x") { field(DESC, "substitute") }\nsubstitute "R=1" x\n', undefined],
])('whether it is a template for msi: %j', (text, place) => {
  const found = msiTemplate({ name: 'a.db', text }, from)
  expect(found?.at && formatPlace(found.at)).toBe(place)
})

test('what msi uses: of files that are included, too, and not what it is given there', () => {
  const files: Readonly<Record<string, string>> = {
    'a.db': 'substitute "R=$(V),S=1"\ninclude "b.db"\n$(P) $(R) $(X)\n',
    'b.db': 'include "a.db"\n$(S) $(Q) $(Y)\n',
  }
  const sources = new Map(Object.entries(files).map(([name, text]) => [name, { name, text }]))
  const { text, includes } = msiTexts(sources.get('a.db') ?? { name: '', text: '' }, {
    expand: (one: Source) =>
      loadText(one, { macros: { list: 'P=1,Q=2,V=3,U=4' }, limits: 'off' }).text,
    open: (name) => sources.get(name),
  })
  const all = [text, ...includes]
  expect(all.map(({ source }) => source.name)).toEqual(['a.db', 'b.db'])
  expect(all.flatMap(({ macros }) => [...macros.used]).sort()).toEqual(['P', 'Q', 'V'])
  expect(all.flatMap(({ macros }) => [...macros.undefined])).toEqual(['X', 'Y'])
})
