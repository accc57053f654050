import { expect, test } from 'vitest'
import { subroutines } from '../../../../src/check/records/subroutines.ts'
import type { CheckedIoc } from '../../../../src/check/types.ts'
import { checkedIoc, findings } from '../../../support/checked-ioc.ts'

const dbd = `
menu(aSubLFLG) { choice(aSubLFLG_IGNORE, "IGNORE") choice(aSubLFLG_READ, "READ") }
recordtype(sub) {
  field(NAME, DBF_STRING) { size(61) }
  field(INAM, DBF_STRING) { size(40) }
  field(SNAM, DBF_STRING) { size(40) }
}
recordtype(aSub) {
  field(NAME, DBF_STRING) { size(61) }
  field(INAM, DBF_STRING) { size(41) }
  field(SNAM, DBF_STRING) { size(41) }
  field(LFLG, DBF_MENU) { menu(aSubLFLG) }
}
function(ovenAverage)
function(ovenInit)
`

test.each([
  [
    'record(sub, "x") { field(SNAM, "ovenMean") }',
    ['x.db:1:32 FUNCTION_UNKNOWN the IOC has no function ovenMean for SNAM of "x"'],
  ],
  [
    'record(aSub, "x") { field(INAM, "a") field(SNAM, "b") }',
    [
      'x.db:1:33 FUNCTION_UNKNOWN the IOC has no function a for INAM of "x"',
      'x.db:1:50 FUNCTION_UNKNOWN the IOC has no function b for SNAM of "x"',
    ],
  ],
  [
    'record(aSub, "x") { field(INAM, "a") field(SNAM, "b") field(LFLG, "READ") }',
    ['x.db:1:33 FUNCTION_UNKNOWN the IOC has no function a for INAM of "x"'],
  ],
  ['record(sub, "x") { field(SNAM, "ovenAverage") field(INAM, "ovenInit") }', []],
  ['record(aSub, "x") { field(SNAM, "b") field(SNAM, "") }', []],
  ['record(stringin, "x") { field(VAL, "b") }', []],
])('%s', (text, wanted) => {
  expect(findings(subroutines, text, { dbd })).toEqual(wanted)
})

const ioc = checkedIoc({
  files: { 'x.db': 'record(sub, "x") { field(SNAM, "ovenAvarage") }' },
  dbd,
})
const modules = [{ name: 'oven', library: '/opt/liboven.so' }]
const outcome = { ...ioc.outcome, loaded: modules } as unknown as CheckedIoc['outcome']

test('what libraries of modules have is not known for sure', () => {
  expect([...subroutines(ioc)]).toMatchObject([
    { severity: 'error', hint: 'did you mean "ovenAverage"?' },
  ])
  const [found] = subroutines({ ...ioc, ...(outcome && { outcome }) })
  expect(found).toMatchObject({ severity: 'warning', unknown: { name: 'ovenAvarage' } })
})
