import { expect, test } from 'vitest'
import { nextRevision } from '../../../src/modules/revisions.ts'
import { parseVersion } from '../../../src/version/version.ts'

test.each([
  ['1.0.0', [], '1.0.0+0'],
  ['1.0.0', ['1.0.0'], '1.0.0+0'],
  ['1.0.0', ['1.0.0+0', '1.0.0+9', '1.0.0+10'], '1.0.0+11'],
  ['1.0.0+5', ['1.0.0+2'], '1.0.0+3'],
  ['01.0.0', ['1.0.0+1'], '1.0.0+2'],
  ['1.0.0', ['1.0.1+7', '1.0.0-test+8', 'other'], '1.0.0+0'],
  ['mytest', ['mytest+1', 'yours+5'], 'mytest+2'],
])('%s, installed: %j', (version, installed, next) => {
  expect(nextRevision(parseVersion(version), installed.map(parseVersion))).toBe(next)
})
