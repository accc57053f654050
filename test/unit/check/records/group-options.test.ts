import { expect, test } from 'vitest'
import { groupOptions } from '../../../../src/check/records/group-options.ts'
import { findings } from '../../../support/checked-ioc.ts'

const key = (name: string) => `GROUP_KEY "${name}" is no key of QSRV in group "G": it is ignored`
const takes = (name: string, what: string) => `GROUP_VALUE ${name} in group "G" takes ${what}`

test.each([
  ['{+chanel: "VAL"}', key('+chanel')],
  ['{+channel: "VAL", +atomic: true}', key('+atomic')],
  ['{+channel: "VAL", channel: "VAL"}', key('channel')],
  ['{+type: "structure", +const: 5}', key('+const')],
  ['{+channel: 5}', takes('+channel', 'a text in quotes')],
  ['{+channel: null}', takes('+channel', 'a text in quotes')],
  ['{+channel: "VAL", +trigger: 5}', takes('+trigger', 'a text in quotes')],
  ['{+channel: "VAL", +putorder: "a"}', takes('+putorder', 'a number')],
  ['{+channel: "VAL", +putorder: "5x"}', takes('+putorder', 'a number')],
  ['{+channel: "VAL", +putorder: true}', takes('+putorder', 'a number')],
  ['{+channel: "VAL", +id: [1]}', takes('+id', 'a text in quotes')],
  [
    '{+channel: "VAL", +foo: {a: 1}}',
    'GROUP_VALUE "+foo" in group "G" is an object, which no key takes',
  ],
  ['{+channel: "VAL", +type: "wrong"}', 'GROUP_VALUE "wrong" is no type of a member of group "G"'],
  ['{+type: "const"}', 'GROUP_VALUE "const" is no type of a member of group "G"'],
])('a member %s', (member, wanted) => {
  const text = `record(ai, "a") { info(Q:group, {"G": {"x": ${member}}}) }`
  expect(findings(groupOptions, text).map((one) => one.replace(/^\S+ /, ''))).toEqual([wanted])
})

test.each([
  ['+atomic: "yes"', takes('+atomic', 'true or false')],
  ['+atomic: 1', takes('+atomic', 'true or false')],
  ['+trigger: "x"', key('+trigger')],
  ['x: [1]', key('x')],
])('a group with %s', (option, wanted) => {
  const text = `record(ai, "a") { info(Q:group, {"G": {${option}}}) }`
  expect(findings(groupOptions, text)).toEqual([expect.stringContaining(`x.db:1:4`)])
  expect(findings(groupOptions, text).map((one) => one.replace(/^\S+ /, ''))).toEqual([wanted])
})

test('all that QSRV takes', () => {
  const member = '{+channel: "VAL", +type: "plain", +id: "a", +trigger: "*", +putorder: -1.5}'
  const text = `record(ai, "a") { info(Q:group, {"G": {+id: "epics:nt/NTTable:1.0", +atomic: "true", "x": ${member}}}) }`
  expect(findings(groupOptions, text)).toEqual([])
})

test('the QSRV of the module pvxs has constants', () => {
  const text = 'record(ai, "a") { info(Q:group, {"G": {"x": {+type: "const", +const: 5}}}) }'
  const dbd = 'registrar(pvxsGroupSourceRegistrar)\n'
  expect(findings(groupOptions, text, { dbd })).toEqual([])
})
