import { expect, test } from 'vitest'
import { writtenMacros } from '../../../../src/database/text/written-macros.ts'

const shown = (text: string): string =>
  writtenMacros(text)
    .map(({ name, fallback, isRequired }) => {
      const value = fallback === undefined ? '' : `=${fallback}`
      return `${name}${value}${isRequired ? '!' : ''}`
    })
    .join(' ')

test.each([
  ['record(ai, "$(P)$(R)") {}', 'P! R!'],
  ['field(PREC, "$(PREC=3)")', 'PREC=3'],
  ['${P} ${Q=1}', 'P! Q=1'],
  ['$(A=)', 'A='],
  ['$(A=1) $(A)', 'A=1!'],
  ['$(A) $(A=1)', 'A=1!'],
  ['$(A=$(B)) $(C=$(D=1))', 'A=$(B) B C=$(D=1) D=1'],
  ['$(A=x,B=2)', 'A=x'],
  ['$(A,B=$(C))', 'A! C!'],
  ['$(A$(N))', 'N!'],
  ['# $(COMMENT)', ''],
  ["field(DESC, '$(HIDDEN)')", ''],
  ['field(DESC, "it\'s $(SEEN)")', 'SEEN!'],
  ['\\$(ESCAPED)', ''],
  ['$(OPEN', 'OPEN!'],
  ['$() $X $ (Y)', ''],
  ['$(A=(1,2))', 'A=(1,2)'],
  ['two\n$(LINES)\r\n$(MORE)', 'LINES! MORE!'],
])('%j: %s', (text, macros) => {
  expect(shown(text)).toBe(macros)
})

test('any depth is survived', () => {
  expect(writtenMacros('$(A='.repeat(50_000)).length).toBeLessThan(3)
})
