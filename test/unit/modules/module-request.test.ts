import { expect, test } from 'vitest'
import { parseRequest, requestOf } from '../../../src/modules/module-request.ts'
import { spanOf } from '../../../src/text/span.ts'
import { anyVersion, parseVersionRequest } from '../../../src/version/request.ts'

const named = parseVersionRequest

test.each([
  ['asyn', { module: 'asyn', version: anyVersion }],
  ['asyn,4.42.0', { module: 'asyn', version: named('4.42.0') }],
  ['asyn, 4.42.0+1', { module: 'asyn', version: named('4.42.0+1') }],
  ['asyn 4.42.0', { module: 'asyn', version: named('4.42.0') }],
  ['asyn,', { module: 'asyn', version: anyVersion }],
  ['asyn,mytest', { module: 'asyn', version: named('mytest') }],
  ['asyn,4.42.0,A=1', { module: 'asyn', version: named('4.42.0') }],
  ['asyn,A=1', { module: 'asyn', version: anyVersion }],
  ['asyn,ifexists', { module: 'asyn', version: anyVersion, optional: true }],
  ['asyn,none', undefined],
])('%s', (text, value) => {
  const { value: found, diagnostics } = parseRequest(text)
  expect(found).toEqual(value)
  const ignored = text.includes('=') ? ['REQUIRE_MACROS_IGNORED'] : []
  expect(diagnostics.map(({ code }) => code)).toEqual(ignored)
})

test('macros before the version, as require.c swaps them', () => {
  expect(requestOf(['asyn', 'A=1,B=2', '4.42.0']).value?.version).toEqual(named('4.42.0'))
})

test('the place of the request is kept', () => {
  const at = spanOf({ name: 'st.cmd', text: 'require asyn' }, 8)
  expect(parseRequest('asyn', at).value?.at).toBe(at)
})

test.each([
  ['', 'REQUIRE_MALFORMED'],
  [' , ', 'REQUIRE_MALFORMED'],
  ['../asyn', 'MODULE_NAME_INVALID'],
  ['4.42.0', 'MODULE_NAME_INVALID'],
  ['as$(x)yn', 'MODULE_NAME_INVALID'],
  ["asyn'", 'MODULE_NAME_INVALID'],
  ['asyn,../4.42.0', 'VERSION_INVALID'],
  ['asyn,.hidden', 'VERSION_INVALID'],
  ['asyn,$(V)', 'VERSION_INVALID'],
])('%j: %s', (text, code) => {
  const at = spanOf({ name: 'st.cmd', text })
  const { value, diagnostics } = parseRequest(text, at)
  expect(value).toBeUndefined()
  expect(diagnostics.map((item) => [item.code, item.at])).toEqual([[code, at]])
})
