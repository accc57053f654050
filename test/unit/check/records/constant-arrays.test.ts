import { expect, test } from 'vitest'
import { constantArrays } from '../../../../src/check/records/constant-arrays.ts'
import { findings } from '../../../support/checked-ioc.ts'

const dbd = `
menu(menuFtype) {
  choice(menuFtypeSTRING, "STRING")
  choice(menuFtypeCHAR, "CHAR")
  choice(menuFtypeDOUBLE, "DOUBLE")
}
recordtype(aai) {
  field(NAME, DBF_STRING) { size(61) }
  field(DTYP, DBF_DEVICE) { }
  field(INP, DBF_INLINK) { }
  field(FTVL, DBF_MENU) { menu(menuFtype) }
}
recordtype(aSub) {
  field(NAME, DBF_STRING) { size(61) }
  field(INPA, DBF_INLINK) { }
  field(FTA, DBF_MENU) { menu(menuFtype) initial("DOUBLE") }
  field(OUTA, DBF_OUTLINK) { }
}
device(aai, CONSTANT, devAaiSoft, "Soft Channel")
device(aai, CONSTANT, devAaiOther, "Other")
`
const odd = 'has an element that is neither a number nor a string'

// What an IOC of base 7.0.10 says `dbConvertJSON: parse error` to.
test.each([
  ['aai', 'DOUBLE', '[1, 2.5, -0x10, NaN, -Infinity]', undefined],
  ['aai', 'DOUBLE', '[]', undefined],
  ['aai', 'DOUBLE', '[1, [2]]', 'has an array in it: [2]'],
  ['aai', 'DOUBLE', '[1, {a: 1}]', 'has an object in it: {a:1}'],
  ['aai', 'STRING', '[1, null]', `${odd}: null`],
  ['aai', 'STRING', '[true]', `${odd}: true`],
  ['aai', 'STRING', '["a", 1, b]', undefined],
  ['aai', undefined, '["a"]', undefined],
  ['aai', '0', '["a"]', undefined],
  ['aai', 'CHAR', '["a"]', 'has a string in it, but FTVL is CHAR: "a"'],
  ['aai', '2', '["1"]', 'has a string in it, but FTVL is DOUBLE: "1"'],
  ['aai', 'DOUBLE', '[a]', 'has a string in it, but FTVL is DOUBLE: "a"'],
  ['aai', 'STRING', '"[a]"', 'has a word without quotes in it: a'],
  ['aai', 'STRING', '"[1 2]"', 'is no valid JSON: a "," or "]" is missing'],
  ['aai', 'DOUBLE', '"[1,2"', undefined],
  ['aai', 'DOUBLE', '[9223372036854775807]', undefined],
  ['aai', 'DOUBLE', '[9223372036854775808.]', undefined],
  [
    'aai',
    'DOUBLE',
    '[9223372036854775808]',
    'has a whole number that is too large: 9223372036854775808',
  ],
  ['aai', 'DOUBLE', '[1e999]', 'has a number that is too large: 1e999'],
  ['aai', 'WRONG', '["a"]', undefined],
])('%s with elements of %s and %s', (type, elements, array, message) => {
  const ftvl = elements === undefined ? '' : `field(FTVL, "${elements}")`
  expect(found(`record(${type}, "x") { ${ftvl} field(INP, ${array}) }`)).toEqual(
    message === undefined ? [] : [`LINK_DEVICE the array in INP of "x" ${message}`],
  )
})

test.each([
  ['other device support', 'record(aai, "x") { field(DTYP, "Other") field(INP, [[1]]) }', 0],
  ['unknown device support', 'record(aai, "x") { field(DTYP, "None") field(INP, [[1]]) }', 0],
  ['the last value counts', 'record(aai, "x") { field(INP, [[1]]) field(INP, [1]) }', 0],
  ['inputs of aSub records are numbers', 'record(aSub, "x") { field(INPA, ["a"]) }', 1],
  ['or not', 'record(aSub, "x") { field(INPA, ["a"]) field(FTA, "STRING") }', 0],
  ['outputs load nothing', 'record(aSub, "x") { field(OUTA, [[1]]) }', 0],
  ['unknown record types', 'record(subArray, "x") { field(INP, [[1]]) }', 0],
])('%s', (_title, text, count) => {
  expect(found(text)).toHaveLength(count)
})

function found(text: string): string[] {
  return findings(constantArrays, text, { dbd }).map((one) => one.replace(/^\S+ /, ''))
}
