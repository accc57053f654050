import { expect, test } from 'vitest'
import { headersOf } from '../../../../src/build/generated/record-headers.ts'

const files: Readonly<Record<string, string>> = {
  'common.dbd': '%#include "link.h"\nfield(NAME, DBF_STRING) { size(61) prompt("Name") }\n',
  'menuOther.dbd': 'menu(menuOther) { choice(menuOtherNO, "NO") }\n',
}
const headers = (name: string, text: string) => headersOf({ name, text }, (file) => files[file])

const record = `menu(exMode) { choice(exModeOff, "Off") choice(exModeOn, "On /* x */") }
recordtype(ex) {
  include "common.dbd"
  % struct ex;
  field(VAL, DBF_DOUBLE) { prompt("Value") }
  field(INT, DBF_LONG) { prompt("a reserved word") }
  field(PTR, DBF_NOACCESS) { extra("struct ex *ptr") special(SPC_NOMOD) }
  field(MODE, DBF_MENU) { menu(exMode) }
  field(INP, DBF_INLINK) {}
}
`

test('a record type: its code, its menus, its structure', () => {
  const [header, ...others] = headers('/m/exRecord.dbd', record)
  expect(others).toEqual([])
  expect(header?.name).toBe('exRecord.h')
  const text = header?.text ?? ''
  expect(text).toContain(
    `typedef struct exRecord {
    char name[61]; /* Name */
    epicsFloat64 val; /* Value */
    epicsInt32 INT; /* a reserved word */
    struct ex *ptr;
    epicsEnum16 mode;
    DBLINK inp;
} exRecord;`,
  )
  expect(text).toContain('#define exMode_NUM_CHOICES 2')
  expect(text).toContain('exModeOn /* On / * x * / */')
  expect(text).toContain('    exRecordINP = 5\n} exFieldIndex;')
  expect(text.indexOf('#include "link.h"')).toBeLessThan(text.indexOf('exModeOff'))
  expect(text).toMatch(/^ struct ex;$/m)
})

test('the menus of files that the file of a record type includes', () => {
  const text = `include menuOther.dbd\n${record}`
  const [header, ...others] = headers('/m/exRecord.dbd', text)
  expect(others).toEqual([])
  expect(header?.text).toContain('} menuOther;')
  expect(header?.text).toContain('} exMode;')
})

test('menus alone', () => {
  const [header] = headers('menuEx.dbd', 'menu(menuEx) { choice(menuExA, "A") }\n')
  expect(header?.name).toBe('menuEx.h')
  expect(header?.text).toContain('} menuEx;')
})

test.each([
  ['device support', 'device(ai, INST_IO, devX, "X")\n'],
  ['a record type of another module', 'recordtype(ai) {}\n'],
])('%s has no header', (_, text) => {
  expect(headers('x.dbd', text)).toEqual([])
})

test.each([
  ['/m/sCalcoutRecord.dbd', 'recordtype(scalcout) { field(A, DBF_LONG) {} }', 'sCalcoutRecord.h'],
  ['/m/both.dbd', 'recordtype(scalcout) { field(A, DBF_LONG) {} }', 'scalcoutRecord.h'],
])('the header of %s is spelled as base spells it', (file, text, name) => {
  expect(headers(file, text).map((header) => header.name)).toEqual([name])
})
