import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCommandCache } from '../../../src/host/command-cache.ts'
import { commandTable } from '../../support/checked-script.ts'

let home: string
let library: string
const table = commandTable(['dbpf name value', '1 drvFoo port:string count:int', 'x ?'])

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'e3-cache-'))
  library = join(home, 'libx.so')
  writeFileSync(library, 'one')
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

const folder = () => join(home, 'cache/e3/commands')
const file = () => join(folder(), readdirSync(folder())[0] ?? '')
const open = (lines: readonly string[] = ['dlload x']) =>
  openCommandCache({ XDG_CACHE_HOME: join(home, 'cache') }, { files: [library], lines })

test('an answer is kept as it is', () => {
  expect(open().read()).toBeUndefined()
  open().write(table)
  expect(open().read()).toEqual(table)
  expect(open(['dlload y']).read()).toBeUndefined()
  expect(readdirSync(folder())).toHaveLength(1)
})

test.each([
  ['another size', () => writeFileSync(library, 'other')],
  ['another time', () => utimesSync(library, 1, 1)],
  ['no library', () => rmSync(library)],
  ['another text', () => writeFileSync(file(), `${readFileSync(file(), 'utf8')} `)],
  ['cut off', () => writeFileSync(file(), readFileSync(file(), 'utf8').slice(0, 100))],
  ['empty', () => writeFileSync(file(), '')],
  ['others may write it', () => chmodSync(file(), 0o666)],
  [
    'a link',
    () => {
      const path = file()
      writeFileSync(join(home, 'copy'), readFileSync(path))
      rmSync(path)
      symlinkSync(join(home, 'copy'), path)
    },
  ],
  [
    'a folder',
    () => {
      const path = file()
      rmSync(path)
      mkdirSync(path)
    },
  ],
])('asked again: %s', (_title, change) => {
  open().write(table)
  change()
  expect(open().read()).toBeUndefined()
})

test('a place that cannot be written is no error', () => {
  const cache = openCommandCache({ XDG_CACHE_HOME: library }, { files: [], lines: [] })
  cache.write(table)
  expect(cache.read()).toBeUndefined()
  const proc = openCommandCache({ XDG_CACHE_HOME: '/proc' }, { files: [], lines: [] })
  proc.write(table)
  expect(proc.read()).toBeUndefined()
})

test('files that nobody reads for a long time are removed', () => {
  open(['old']).write(table)
  utimesSync(file(), 1, 1)
  open(['new']).write(table)
  expect(readdirSync(folder())).toHaveLength(1)
  expect(open(['new']).read()).toEqual(table)
})
