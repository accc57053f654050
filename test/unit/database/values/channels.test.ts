import { expect, test } from 'vitest'
import { readChannelName } from '../../../../src/database/values/channels.ts'

test.each([
  ['a', 'a', 'VAL', false, ''],
  ['a.', 'a', 'VAL', false, ''],
  ['a:b.DESC', 'a:b', 'DESC', false, ''],
  ['a.NAME$', 'a', 'NAME', true, ''],
  ['a.$', 'a', 'VAL', true, ''],
  ['a.VAL[0:3]', 'a', 'VAL', false, '[0:3]'],
  ['a.[0:3]', 'a', 'VAL', false, '[0:3]'],
  ['a[0:3]', 'a[0:3]', 'VAL', false, ''],
  ['a.VAL${"ts":{}}', 'a', 'VAL', true, '{"ts":{}}'],
  ['a.{"arr":{"s":1}}', 'a', 'VAL', false, '{"arr":{"s":1}}'],
  ['a.VAL.X', 'a', 'VAL', false, '.X'],
  ['', '', 'VAL', false, ''],
])('readChannelName(%j)', (text, record, field, isLongString, filter) => {
  expect(readChannelName(text)).toEqual({ record, field, isLongString, filter })
})
