import { expect, test } from 'vitest'
import type { ModuleRequest } from '../../../src/modules/module-request.ts'
import { openModuleTree } from '../../../src/modules/module-tree.ts'
import { findRemedy, type RemedySearch } from '../../../src/modules/remedy.ts'
import { groupRequests } from '../../../src/modules/repeated-requests.ts'
import { scriptRequests } from '../../support/requests.ts'
import { type ShortTree, siteOf } from '../../support/tree.ts'

function remedy(tree: ShortTree, script: string, name?: string): string | undefined {
  return searchFor(tree, scriptRequests(script, name)).remedy?.text
}

function searchFor(tree: ShortTree, asked: readonly ModuleRequest[]): RemedySearch {
  const repeated = groupRequests(asked)
  const requests = [...repeated.keys()]
  return findRemedy(openModuleTree(siteOf(tree)), { requests, candidates: requests, repeated })
}

const asyn = { '4.41.0+0': '', '4.42.0+0': '', '4.42.0+1': '', '4.42.1': '', '5.0.0': '' }

test.each([
  [
    'the highest revision of the same release',
    { asyn },
    'require asyn,4.42.0+7',
    'use asyn 4.42.0+1 in st.cmd:1',
  ],
  [
    'a revision of the release for a name that is none',
    { m: { '1.0.0+9': '', '1.0.0+10': '', '1.0.1': '' } },
    'require m,1.0.0+',
    'use m 1.0.0+10 in st.cmd:1',
  ],
  [
    'another patch before no version',
    { asyn },
    'require asyn,4.42.7',
    'use asyn 4.42.1 in st.cmd:1',
  ],
  [
    'no version before another minor version',
    { asyn },
    'require asyn,4.43.0',
    'drop the version of asyn in st.cmd:1',
  ],
  [
    'the request that needs the smaller change',
    { asyn, s: { '1.0.0+0': 'asyn 4.41.0', '1.0.0+1': 'asyn 5.0.0' } },
    'require asyn,5.0.0\nrequire s,1.0.0+0',
    'use s 1.0.0+1 in st.cmd:2',
  ],
  [
    'two lines for one module',
    { asyn },
    'require asyn,4.42.0+0\nrequire asyn,4.42.0+1',
    'use asyn 4.42.0+1 in st.cmd:1',
  ],
  [
    'two changes',
    { asyn, b: { '1.0.0': '' } },
    'require asyn,4.42.0+7\nrequire b,2.0.0',
    'use asyn 4.42.0+1 in st.cmd:1 and drop the version of b in st.cmd:2',
  ],
  [
    'a test version for a misspelled one',
    { m: { 'mytest+1': '' } },
    'require m,mytest+2',
    'use m mytest+1 in st.cmd:1',
  ],
  [
    'nothing for three changes',
    { asyn, b: { '1.0.0': '' }, c: { '1.0.0': '' } },
    'require asyn,9.0.0\nrequire b,2.0.0\nrequire c,2.0.0',
    undefined,
  ],
  ['nothing for a missing module', { asyn }, 'require x,1.0.0', undefined],
  ['nothing if no version was written down', { m: { '1.0.0': 'x' } }, 'require m', undefined],
  [
    'no version that needs what is missing',
    { m: { '1.0.0+1': 'x', '1.0.0+0': '' } },
    'require m,1.0.0+1',
    'use m 1.0.0+0 in st.cmd:1',
  ],
  [
    'no version before a link of that name',
    { m: { '1.0.0': '', '2.0.0': '-> 1.0.0' } },
    'require m,2.0.0',
    'use m 1.0.0 in st.cmd:1',
  ],
  [
    'no version whose .dep file cannot be read',
    { m: { '1.0.1': '../a', '1.0.0': '' } },
    'require m,1.0.2',
    'use m 1.0.0 in st.cmd:1',
  ],
  [
    'every place of a request',
    { lib: { '1.0.0': '', '2.0.0': '' }, tool: { '1.0.0': 'lib 1.0.0' } },
    'require lib,2.0.0\nrequire tool,1.0.0\nrequire lib,2.0.0',
    'drop the version of lib in st.cmd:1 and st.cmd:3',
  ],
  [
    'a change at one place before a change at two',
    { lib: { '1.0.0': '', '2.0.0': '' }, tool: { '1.0.0': 'lib 1.0.0', mine: 'lib' } },
    'require lib,2.0.0\nrequire tool,1.0.0\nrequire lib,2.0.0',
    'use tool mine in st.cmd:2',
  ],
  [
    'a test version where no version is written down',
    {
      lib: { '1.0.0': '', '2.0.0': '' },
      a: { '1.0.0': 'lib 1.0.0', mine: '' },
      b: { '1.0.0': 'lib 2.0.0' },
    },
    'require a\nrequire b',
    'use a mine in st.cmd:1',
  ],
  [
    'no test version that does not help',
    { lib: { '1.0.0': '' }, a: { '1.0.0': 'lib 2.0.0', mine: 'lib 2.0.0' } },
    'require a',
    undefined,
  ],
])('%s', (_title, tree, script, expected) => {
  expect(remedy(tree, script)).toBe(expected)
})

test.each([
  [4, 'st.cmd:1, st.cmd:2, st.cmd:3 and st.cmd:4'],
  [6, 'st.cmd:1, st.cmd:2, st.cmd:3 and 3 more places'],
])('%i places', (count, places) => {
  expect(remedy({ asyn }, 'require asyn,4.43.0\n'.repeat(count))).toBe(
    `drop the version of asyn in ${places}`,
  )
})

test('a line that is run several times is one place', () => {
  const asked = scriptRequests('require asyn,4.43.0')
  expect(searchFor({ asyn }, [...asked, ...asked]).remedy?.text).toBe(
    'drop the version of asyn in st.cmd:1',
  )
})

test('the command line and a script', () => {
  const asked = scriptRequests('require asyn,4.43.0')
  const typed = scriptRequests('require asyn,4.43.0', '<command line>')
  expect(searchFor({ asyn }, [...asked, ...typed]).remedy?.text).toBe(
    'drop the version of asyn on the command line and in st.cmd:1',
  )
})

test('the command line has no line numbers', () => {
  expect(remedy({ asyn }, 'require asyn,4.42.0+7', '<command line>')).toBe(
    'use asyn 4.42.0+1 on the command line',
  )
})

test('whether everything was tried', () => {
  const versions = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`1.${index}.0`, 'x']))
  const isComplete = (count: number) => {
    const requests = scriptRequests('require m,1.0.0\nrequire n,1.0.0')
    return searchFor({ m: versions(count), n: versions(count) }, requests).isComplete
  }
  expect(isComplete(5)).toBe(true)
  expect(isComplete(50)).toBe(false)
})
