import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FieldKind, fieldKinds } from '../../../../src/database/definitions/types.ts'
import { checkFieldValue } from '../../../../src/database/values/check.ts'
import { easeOf, isEasy } from '../../../../src/database/values/ease.ts'
import { loadDefinitions } from '../../../support/definitions.ts'

const bodies: Partial<Record<FieldKind, string>> = {
  DBF_STRING: 'size(9)',
  DBF_MENU: 'menu(m)',
  DBF_NOACCESS: 'extra("int x")',
}
const fields = fieldKinds.map((kind) => `field(${kind}, ${kind}) { ${bodies[kind] ?? ''} }`)
const { set: definitions } = loadDefinitions({
  'main.dbd': `menu(m) { choice(a, "A") }
recordtype(r) {
  field(NAME, DBF_STRING) { size(61) }
  field(CALC, DBF_STRING) { size(9) special(SPC_CALC) }
  field(SIZE, DBF_ULONG) { special(SPC_NOMOD) }
  field(BITS, DBF_ULONG) { special(SPC_NOMOD) base(HEX) }
  field(NONE, DBF_STRING) { prompt("") }
  ${fields.join('\n')}
}`,
})
const definition = definitions.recordTypes.get('r')

test.each([
  ['DBF_STRING', ['', '12345678', 'a b'], ['123456789']],
  ['NAME', [], ['x']],
  ['NONE', [], ['']],
  [
    'CALC',
    ['A', 'a + B*12', '1/2-U'],
    ['', 'A+', 'AB', '1 2', 'A**B', '(A)', 'SIN A', 'A+B+C+D+E'],
  ],
  ['DBF_CHAR', ['0', '99', '-99'], ['100', '01', '', '-', '+1']],
  ['DBF_USHORT', ['9999', '-1'], ['10000', '0x1', '010', ' 1']],
  ['SIZE', ['0', '999999999'], ['-1', '01', '']],
  ['BITS', ['0', '-1'], ['01']],
  ['DBF_LONG', ['999999999', '-999999999'], ['1000000000', '1.5']],
  ['DBF_DOUBLE', ['1', '-1.25', '1.', '007'], ['.5', '1e3', '', '-', '1.2.3', '1,5']],
  ['DBF_MENU', [], ['A', '0']],
  ['DBF_INLINK', ['', 'x CP MS', '3', '@asyn(P)', '-1'], [' x', '#C0', '{const:1}', '[1,2]']],
  ['DBF_OUTLINK', ['x PP', '', '3'], ['x CP', 'x CPP NMS', ' CP']],
])('%s: values that are seen to be good, and others', (name, easy, others) => {
  const field = definition?.fields.get(name)
  if (!field) throw new Error(`there is no field ${name}`)
  const found = [...easy, ...others].filter((value) =>
    // In the middle of a text, as they are asked for.
    isEasy(easeOf(field), { text: `"${value}")`, start: 1, end: value.length + 1 }),
  )
  expect(found).toEqual(easy)
})

const pieces = [
  'A',
  'U',
  'V',
  'e',
  '0',
  '7',
  '19',
  '-',
  '+',
  '*',
  '.',
  ' ',
  ' CP',
  '#',
  '@',
  '[',
  '{',
]
const values = fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((some) => some.join(''))

test('what is seen to be good is good', () => {
  if (!definition) throw new Error('there is no record type')
  for (const field of definition.fields.values()) {
    const ease = easeOf(field)
    fc.assert(
      fc.property(values, (value) => {
        if (!isEasy(ease, { text: value, start: 0, end: value.length })) return
        const input = { field, value, definition, definitions, isParsed: false }
        expect(checkFieldValue(input)).toBeUndefined()
      }),
    )
  }
})
