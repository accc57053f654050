import { expect, test } from 'vitest'
import { groupMembers } from '../../../../src/check/records/group-members.ts'
import { findings } from '../../../support/checked-ioc.ts'

function told(group: string): string[] {
  const text = `record(ai, "abc") { info(Q:group, {"G": ${group}}) }`
  return findings(groupMembers, text).map((one) => one.replace(/^\S+ /, ''))
}

const channel = (name: string, why: string) =>
  `GROUP_CHANNEL group "G" has the channel "abc.${name}", but ${why}`

test.each([
  ['{x: {+channel: "NOPE"}}', channel('NOPE', 'ai records have no field NOPE')],
  [
    '{x: {+channel: "VAL$"}}',
    channel('VAL$', '"$" is for strings and links, and VAL is DBF_DOUBLE'),
  ],
  ['{x: {+channel: " VAL"}}', channel(' VAL', '" VAL" cannot stand behind the field')],
  ['{x: {+channel: "VAL{xx:{}}"}}', channel('VAL{xx:{}}', 'there is no filter "xx"')],
  ['{x: {+putorder: 1}}', 'GROUP_CHANNEL member "x" of group "G" has no +channel'],
  ['{x: {+type: "plain", +putorder: 1}}', 'GROUP_CHANNEL member "x" of group "G" has no +channel'],
  ['{"": {+channel: "VAL"}}', 'GROUP_VALUE group "G" itself cannot be of type "scalar"'],
  [
    '{x: {+channel: "VAL"}, x: {+channel: "DESC"}}',
    'GROUP_MEMBER member "x" of group "G" is defined twice',
  ],
  [
    '{x: {+channel: "VAL", +trigger: "x,y"}}',
    'GROUP_TRIGGER group "G" has no member "y" to trigger',
  ],
  [
    '{x: {+channel: "VAL", +trigger: "x, x"}}',
    'GROUP_TRIGGER group "G" has no member " x" to trigger',
  ],
  ['{x: {+channel: "VAL", +trigger: "x,"}}', 'GROUP_TRIGGER group "G" has no member "" to trigger'],
  [
    '{"1x": {+channel: "VAL"}}',
    'GROUP_NAME "1x" cannot be a member of group "G": QSRV leaves the group out',
  ],
  [
    '{"x-y": {+channel: "VAL"}}',
    'GROUP_NAME "x-y" cannot be a member of group "G": QSRV leaves the group out',
  ],
  [
    '{"x..y": {+channel: "VAL"}}',
    'GROUP_NAME "x..y" cannot be a member of group "G": QSRV leaves the group out',
  ],
])('%s', (group, wanted) => {
  expect(told(group)).toEqual([wanted])
})

test.each([
  '{x: {+channel: "VAL"}, "a.b[0].c": {+channel: "DESC$"}}',
  '{x: {+channel: "VAL", +trigger: "*"}, y: {+type: "proc", +channel: "PROC"}}',
  '{"": {+type: "meta", +channel: "VAL"}, x: {+type: "structure", +id: "a"}}',
  '{x: {}, y: {+channel: "VAL", +trigger: ""}, z: {+channel: "VAL[0:1]", +trigger: "y,*"}}',
  '{x: {+type: "any", +putorder: 1}, y: {+type: "meta", +putorder: 1}}',
])('%s is fine', (group) => {
  expect(told(group)).toEqual([])
})

test('a group is put together from many records, a member from many texts', () => {
  const text = `record(ai, "a") { info(Q:group, {"G": {x: {+putorder: 1}}}) }
record(ai, "b") { info(Q:group, {"G": {x: {+channel: "VAL", +trigger: "x,y"}}}) }
record(ai, "c") { info(Q:group, {"G": {y: {+channel: "VAL"}}}) }
record(ai, "d") { info(Q:group, {"G": {y: {+channel: "VAL"}}}) }
`
  expect(findings(groupMembers, text)).toEqual([
    'x.db:4:40 GROUP_MEMBER member "y" of group "G" is defined twice',
  ])
})

test('the name of a record', () => {
  const text = 'record(ai, "a") { info(Q:group, {"a": {x: {+channel: "VAL"}}}) }'
  expect(findings(groupMembers, text)).toEqual([
    'x.db:1:34 GROUP_NAME group "a" has the name of a record: QSRV leaves it out',
  ])
})

test('channels in files are whole names', () => {
  const text = '{"G": {"x": {"+channel": "a.DESC"}, "y": {"+channel": "VAL"}}}'
  const groupFiles = [{ name: 'g.json', text }]
  expect(findings(groupMembers, 'record(ai, "a") {}', { groupFiles })).toEqual([
    'g.json:1:55 GROUP_CHANNEL group "G" has the channel "VAL", but there is no such record',
  ])
})

test('macros in files of the QSRV of base', () => {
  const groupFiles = [{ name: 'g.json', text: '{"G": {"x": {"+channel": "$(P)a"}}}' }]
  expect(findings(groupMembers, 'record(ai, "a") {}', { groupFiles })).toEqual([
    'g.json:1:26 GROUP_CHANNEL group "G" has the channel "$(P)a", but there is no such record',
  ])
})
