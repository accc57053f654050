import { expect, test } from 'vitest'
import { unusableText } from '../../../src/modules/installed-text.ts'
import { openModuleTree } from '../../../src/modules/module-tree.ts'
import { arch, siteOf, type TreeNode, versionFolder } from '../../support/tree.ts'

test.each([
  ['without a directory lib', {}],
  ['without a directory lib', { lib: 'a file' }],
  ['without a directory of an architecture in lib', { lib: {} }],
  ['without a directory of an architecture in lib', { lib: { [arch]: 'a file' } }],
  ['installed for linux-arm only', versionFolder('m', '', 'linux-arm')],
  ['installed for base R7.0.7 only', { 'R7.0.7': versionFolder('m', '') }],
  ['unreadable: permission denied', { lib: '!! permission denied' }],
  ['a broken link', '-> nowhere'],
] satisfies [string, TreeNode][])('a version is %s', (expected, contents) => {
  const tree = openModuleTree(siteOf({ m: { '1.0.0': contents } }))
  const [installed] = tree.versions('m')
  expect(installed && unusableText(tree, installed)).toBe(expected)
})
