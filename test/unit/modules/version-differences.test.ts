import { expect, test } from 'vitest'
import { resolve } from '../../../src/modules/resolve.ts'
import { versionDifferences } from '../../../src/modules/version-differences.ts'
import { scriptRequests } from '../../support/requests.ts'
import { siteOf } from '../../support/tree.ts'

const modules = (script: string) =>
  resolve(
    scriptRequests(script),
    siteOf({ asyn: { '1.0.0': '', '2.0.0': '' }, calc: { '1.0.0': '' }, stream: { '1.0.0': '' } }),
  ).modules

test('other versions, and modules that only one has', () => {
  const [before, after] = [
    modules('require stream\nrequire asyn,1.0.0'),
    modules('require asyn\nrequire calc'),
  ]
  expect(versionDifferences(before, after)).toEqual([
    { name: 'asyn', before: '1.0.0', after: '2.0.0' },
    { name: 'calc', after: '1.0.0' },
    { name: 'stream', before: '1.0.0' },
  ])
  expect(versionDifferences(before, before)).toEqual([])
})
