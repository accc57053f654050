import { expect, test } from 'vitest'
import { readDependencies } from '../../../src/modules/dependency-reading.ts'
import type { Site } from '../../../src/modules/site.ts'
import { type Folder, memoryReader } from '../../support/tree.ts'

const depFile = '/m/1.0.0/lib/x/m.dep'

/** What is read of an architecture's folder of a module. */
function reading(folder: Folder, changes: Partial<Site['reader']> = {}) {
  const reader = { ...memoryReader({ m: { '1.0.0': { lib: { x: folder } } } }), ...changes }
  const site: Site = { reader, roots: [], architecture: 'x' }
  return readDependencies(site, { module: 'm', archDirectory: '/m/1.0.0/lib/x' })
}

test.each([
  ['a file', { 'm.dep': 'asyn 1.0.0' }, []],
  ['a link to a file', { 'm.dep': '-> other', other: 'asyn 1.0.0' }, []],
  [
    'no file',
    {},
    ['DEP_FILE_MISSING', `if m needs no other module, make an empty one: touch ${depFile}`],
  ],
  [
    'a link to nowhere',
    { 'm.dep': '-> other' },
    ['DEP_FILE_UNREADABLE', 'put a text file there: a module and its version a line'],
  ],
  [
    'a file that is much too long',
    { 'm.dep': '\0'.repeat(2 ** 20 + 1) },
    ['DEP_FILE_UNREADABLE', 'put a text file there: a module and its version a line'],
  ],
  [
    'a file of others',
    { 'm.dep': '!! permission denied' },
    ['DEP_FILE_UNREADABLE', `chmod a+r ${depFile}`],
  ],
] satisfies [string, Folder, string[]][])('%s', (_title, folder, expected) => {
  const { diagnostics, dependencies } = reading(folder)
  expect(diagnostics.flatMap(({ code, hint }) => [code, hint])).toEqual(expected)
  expect(dependencies.map(({ module }) => module)).toEqual(expected.length > 0 ? [] : ['asyn'])
})

test('a folder that cannot be searched is named, not the file in it', () => {
  const folder = { 'm.dep': '!! permission denied' }
  const { diagnostics } = reading(folder, { isFile: () => false })
  expect(diagnostics.map(({ hint }) => hint)).toEqual(['chmod a+rx /m/1.0.0/lib/x'])
})
