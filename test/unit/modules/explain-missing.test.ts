import { describe, expect, test } from 'vitest'
import { resolve } from '../../../src/modules/resolve.ts'
import type { Site } from '../../../src/modules/site.ts'
import { scriptRequests } from '../../support/requests.ts'
import { arch, memoryReader, moduleFolders, type ShortTree } from '../../support/tree.ts'

describe('a root that is not searched', () => {
  function told(searched: ShortTree, other: ShortTree, script: string) {
    const site: Site = {
      reader: memoryReader({ one: moduleFolders(searched), two: moduleFolders(other) }),
      roots: [{ directory: '/one', origin: '-l' }],
      otherRoots: [{ directory: '/two', origin: 'not searched' }],
      architecture: arch,
    }
    const [problem] = resolve(scriptRequests(script), site).diagnostics
    return {
      notes: problem?.notes.map(({ message }) => message).filter((text) => /there is/.test(text)),
      hint: problem?.hint,
    }
  }

  test.each([
    ['that has the module', {}, { m: { '1.0.0': '' } }, 'require m', '-l /two'],
    ['that has an alias', {}, { m: { '1.0.0': '', s: '-> 1.0.0' } }, 'require m,s', '-l /two'],
    [
      'that has what a module needs',
      { n: { '1.0.0': 'm 1.0.0' } },
      { m: { '1.0.0': '' } },
      'require n',
      '-l /two',
    ],
    [
      'that has another version of what is loaded besides, too',
      { n: { '1.0.0': 'm' }, a: { '1.0.0': '' } },
      { m: { '1.0.0': 'a' }, a: { '2.0.0': '' } },
      'require n\nrequire a,1.0.0',
      '-l /two',
    ],
  ] satisfies [string, ShortTree, ShortTree, string, string][])(
    '%s helps',
    (_title, searched, other, script, hint) => {
      const found = told(searched, other, script)
      expect(found.hint).toBe(hint)
      expect(found.notes).toEqual(['there is m 1.0.0 in /two (not searched)'])
    },
  )

  test.each([
    [
      'is built for another architecture there',
      {},
      { m: { '1.0.0': { lib: { arm: {} } } } },
      'require m',
      [],
    ],
    ['is a link to nowhere there', {}, { m: { '1.0.0': '-> 2.0.0' } }, 'require m', []],
    [
      'needs what is nowhere',
      {},
      { m: { '1.0.0': 'x' } },
      'require m',
      ['there is m 1.0.0 in /two (not searched)'],
    ],
    [
      'needs another version of what is required',
      { a: { '1.0.0': '' } },
      { m: { '1.0.0': 'a 2.0.0' }, a: { '2.0.0': '' } },
      'require a,1.0.0\nrequire m',
      ['there is m 1.0.0 in /two (not searched)'],
    ],
  ] satisfies [string, ShortTree, ShortTree, string, string[]][])(
    'is no help for what %s',
    (_title, searched, other, script, notes) => {
      const found = told(searched, other, script)
      expect(found.hint).not.toContain('-l /two')
      expect(found.notes).toEqual(notes)
    },
  )

  test('a change of the requests that works comes first', () => {
    const found = told({ m: { '1.0.0': '' } }, { m: { '1.0.1': '' } }, 'require m,1.0.1')
    expect(found).toEqual({
      notes: ['there is m 1.0.1 in /two (not searched)'],
      hint: 'use m 1.0.0 in st.cmd:1',
    })
  })
})

test('where no module tree is known, all that could name one is told', () => {
  const site: Site = { reader: memoryReader({}), roots: [], architecture: arch }
  const [problem] = resolve(scriptRequests('require m'), site).diagnostics
  expect(problem?.notes.map(({ message }) => message)).toEqual([
    'no module tree is known: neither -l nor EPICS_DRIVER_PATH nor E3_SITEMODS_PATH',
  ])
})
