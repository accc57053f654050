import { expect, test } from 'vitest'
import { accessSecurity } from '../../../../src/check/access/access-security.ts'
import { formatPlace } from '../../../../src/text/span.ts'
import { walkedIoc } from '../../../support/walked-ioc.ts'

const files = {
  'a.db': 'record(ai, "A") { field(ASG, "one") }\nrecord(ai, "B") { field(ASG, "two") }\n',
  'good.acf': 'ASG(one)\nASG(two) {RULE(1,READ)}\n',
  'part.acf': 'ASG(one)\n',
  'bad.acf': 'ASG(one\n',
  'mark.acf': '\ufeffASG(one)\nASG(two)\n',
  'macro.acf': 'ASG(one)\nASG($(G))\n',
  'sub/good.acf': 'ASG(one)\nASG(two) {RULE(1,READ)}\n',
}

function found(script: string): string[] {
  const { ioc, reader } = walkedIoc({
    files: { ...files, 'st.cmd': `dbLoadRecords a.db\n${script}\n` },
  })
  return Array.from(
    accessSecurity(reader)(ioc),
    ({ code, severity, at }) => `${severity} ${code} ${at ? formatPlace(at) : ''}`,
  )
}

test.each([
  ['', []],
  ['asSetFilename good.acf', []],
  ['asSetFilename ""', []],
  ['asSetFilename $(X)', []],
  ['asSetFilename good.acf\niocInit', []],
  ['asSetFilename no.acf\niocInit', ['error FILE_NOT_FOUND st.cmd:2:15']],
  ['asSetFilename no.acf\nasSetFilename good.acf\niocInit', []],
  ['system make\nasSetFilename no.acf\niocInit', ['warning FILE_NOT_FOUND st.cmd:3:15']],
  ['require none\nasSetFilename no.acf\niocInit', []],
  ['asSetFilename good.acf\ncd /here/sub\niocInit', []],
  ['asSetFilename part.acf\ncd /here/sub\niocInit', ['error FILE_NOT_FOUND st.cmd:2:15']],
  ['asSetFilename part.acf\niocInit', ['warning ACCESS_RECORD a.db:2:30']],
  ['asSetFilename bad.acf\niocInit', ['error ACCESS_SYNTAX bad.acf:2:1']],
  ['asSetFilename mark.acf\niocInit', ['error FILE_BYTE_ORDER_MARK mark.acf:1:1']],
  ['iocInit\nasSetFilename bad.acf', []],
  ['iocInit\nasSetFilename bad.acf\nasInit', ['error ACCESS_SYNTAX bad.acf:2:1']],
  ['asSetFilename part.acf\niocInit\nasSetFilename good.acf\nasInit', []],
  ['asSetFilename macro.acf\niocInit', ['error ACCESS_SYNTAX macro.acf:2:5']],
  ['asSetFilename macro.acf\nasSetSubstitutions G=two\niocInit', []],
  [
    'asSetFilename macro.acf\nasSetSubstitutions H=two\niocInit',
    ['error MACRO_UNDEFINED macro.acf:2:5'],
  ],
])('%j', (script, expected) => {
  expect(found(script)).toEqual(expected)
})
