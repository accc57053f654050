import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchedPlaces } from '../../../src/host/watched-places.ts'

let top = ''

beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'e3-places-')))
  for (const folder of ['ioc', 'shared/db']) mkdirSync(join(top, folder), { recursive: true })
  writeFileSync(join(top, 'shared/a.db'), '')
  writeFileSync(join(top, 'shared/db/b.db'), '')
  symlinkSync('../shared/a.db', join(top, 'ioc/a.db'))
  symlinkSync('../shared/db', join(top, 'ioc/db'))
  symlinkSync('../a.db', join(top, 'shared/db/up.db'))
  symlinkSync('loop', join(top, 'ioc/loop'))
})
afterAll(() => rmSync(top, { recursive: true, force: true }))

test.each<[string, string[], string[]]>([
  ['a file', ['shared/a.db'], ['shared: a.db', ': shared']],
  ['one that is not there', ['new/x/a.db'], ['new/x: a.db', 'new: x', ': new']],
  ['a link', ['ioc/a.db'], ['ioc: a.db', ': ioc shared', 'shared: a.db']],
  [
    'a file in a linked folder',
    ['ioc/db/b.db'],
    ['ioc/db: b.db', 'ioc: db', ': ioc shared', 'shared: db'],
  ],
  [
    'a link in a linked folder',
    ['ioc/db/up.db'],
    ['ioc/db: up.db', 'ioc: db', ': ioc shared', 'shared: db a.db'],
  ],
  ['a link to itself', ['ioc/loop'], ['ioc: loop', ': ioc']],
])('%s', (_title, paths, expected) => {
  const places = watchedPlaces({ paths: paths.map((path) => join(top, path)), folders: [] })
  expect(shown(places)).toEqual(expected)
})

test('of a folder all names count, and where it is', () => {
  const places = watchedPlaces({ paths: [join(top, 'ioc/x')], folders: [join(top, 'ioc')] })
  expect(shown(places)).toEqual(['ioc: all', ': ioc'])
})

function shown(places: ReturnType<typeof watchedPlaces>): string[] {
  return [...places]
    .filter(([folder]) => folder === top || folder.startsWith(`${top}/`))
    .map(([folder, names]) => {
      const list = names === 'all' ? names : [...names].join(' ')
      return `${folder.slice(top.length + 1)}: ${list}`
    })
}
