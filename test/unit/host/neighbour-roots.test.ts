import { expect, test } from 'vitest'
import { neighbourRoots } from '../../../src/host/neighbour-roots.ts'
import { type Folder, memoryReader } from '../../support/tree.ts'

const site: Folder = {
  epics: {
    'base-7.0.8': {
      require: { '5.1.0': { siteMods: {}, cellMods: {} }, '5.0.0': { siteMods: {} } },
    },
    'base-7.0.9': { require: { '5.1.0': { siteMods: {}, notes: 'a file' } } },
    'base-old': {},
  },
  ioc: { cellMods: { 'base-7.0.8': { 'require-5.1.0': {} }, asyn: {} } },
  elsewhere: {},
}
const reader = memoryReader(site)
const found = (directory: string, cwd = '/elsewhere') =>
  neighbourRoots([{ directory, origin: '-l' }], { cwd, reader }).map((root) => root.directory)

test('trees of the same site for other bases and releases', () => {
  expect(found('/epics/base-7.0.8/require/5.1.0/siteMods')).toEqual([
    '/epics/base-7.0.8/require/5.1.0/cellMods',
    '/epics/base-7.0.8/require/5.0.0/siteMods',
    '/epics/base-7.0.9/require/5.1.0/siteMods',
  ])
})

test('cell modules in the working directory', () => {
  expect(found('/m', '/ioc')).toEqual(['/ioc/cellMods/base-7.0.8/require-5.1.0', '/ioc/cellMods'])
})

test('nothing near', () => {
  expect(found('/m')).toEqual([])
})
