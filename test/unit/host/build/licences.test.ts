import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findLicences } from '../../../../src/host/build/licences.ts'
import { writeTexts } from '../../../support/write-texts.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-licences-'))
const names = [
  ...['LICENSE', 'licence.txt', 'COPYING', 'LICENSEE', 'x.c', '.e3/LICENSE'],
  ...['up/COPYING', 'up/COPYING.LESSER', 'up/vendor/LICENSE', 'up/vendor/x/COPYRIGHT'],
  ...['up/other/LICENSE', 'up/LICENSES/MIT.txt', 'deep/LICENSE', 'deep/LICENSE.md'],
  ...['deep/er/src/LICENSE', 'deep/er/src/a.c'],
]
writeTexts(folder, Object.fromEntries(names.map((name) => [name, name])))
afterAll(() => rmSync(folder, { recursive: true }))

const found = (sources: string[], upstream?: { folder: string; copy: string }): string[] =>
  findLicences(folder, upstream ? { upstream } : {}, { sources, headers: [] }).map(
    ({ to, from }) => (to === from ? to : `${from} as ${to}`),
  )
const wrapper = ['COPYING', 'LICENSE', 'licence.txt'].map(
  (name) => `${name} as licences/wrapper/${name}`,
)

test('of the folder of a module, and of folders in it with sources', () => {
  expect(found(['x.c', '.e3/generated/y.c'])).toEqual(['COPYING', 'LICENSE', 'licence.txt'])
  expect(found(['up/vendor/x/y.c'])).toEqual([
    ...['COPYING', 'LICENSE', 'licence.txt', 'up/vendor/x/COPYRIGHT', 'up/vendor/LICENSE'].map(
      (name) => (name.startsWith('up') ? `${name} as licences/${name}` : name),
    ),
    ...['up/COPYING', 'up/COPYING.LESSER'].map((name) => `${name} as licences/${name}`),
  ])
})

test.each([
  ['the sources', 'up/vendor/y.c'],
  ['their copy', '.e3/a/source/up/vendor/y.c'],
])('of a wrapper: those of the sources are the terms of the module; a file of %s', (_, file) => {
  expect(found([file], { folder: 'up', copy: '.e3/a/source/up' })).toEqual([
    ...['up/COPYING as COPYING', 'up/COPYING.LESSER as COPYING.LESSER'],
    'up/vendor/LICENSE as licences/vendor/LICENSE',
    ...wrapper,
  ])
})

test('of a folder far below: the nearest of a name', () => {
  expect(found([], { folder: 'deep/er/src', copy: '.e3/src' })).toEqual([
    'deep/er/src/LICENSE as LICENSE',
    'deep/LICENSE.md as LICENSE.md',
    ...wrapper,
  ])
})

test('a folder that is not there has none', () => {
  expect(found([], { folder: '../no', copy: '.e3/no' })).toEqual(wrapper)
})
