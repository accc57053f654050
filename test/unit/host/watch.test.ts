import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Watching, watchFolders } from '../../../src/host/watch.ts'

let folder = ''
let watching: Watching
const onChange = vi.fn()

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e3-watch-'))
  onChange.mockClear()
  watching = watchFolders(onChange)
})
afterEach(() => {
  watching.close()
  rmSync(folder, { recursive: true, force: true })
})

function all(...folders: readonly string[]) {
  return new Map(folders.map((path) => [path, 'all'] as const))
}

test('several changes at once are one call, changes elsewhere are none', async () => {
  mkdirSync(join(folder, 'sub'))
  watching.watchPlaces(all(folder))
  writeFileSync(join(folder, 'sub', 'c'), '')
  await delay(60)
  expect(onChange).not.toHaveBeenCalled()
  writeFileSync(join(folder, 'a'), '')
  writeFileSync(join(folder, 'b'), '')
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1))
})

test('names that nobody wants are left alone', async () => {
  watching.watchPlaces(new Map([[folder, new Set(['wanted'])]]))
  writeFileSync(join(folder, 'other'), '')
  await delay(60)
  expect(onChange).not.toHaveBeenCalled()
  writeFileSync(join(folder, 'wanted'), '')
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1))
})

test('folders that are no longer wanted are left alone', async () => {
  watching.watchPlaces(all(folder))
  watching.watchPlaces(all())
  writeFileSync(join(folder, 'a'), '')
  await delay(60)
  expect(onChange).not.toHaveBeenCalled()
})

test.each([
  ['removed and made again', (path: string) => rmSync(path, { recursive: true })],
  ['a link that leads elsewhere now', (path: string) => rmSync(path)],
])('a folder that is %s is watched, too', async (title, remove) => {
  const path = join(folder, 'db')
  const isLink = title.includes('link')
  for (const name of ['one', 'two']) mkdirSync(join(folder, name))
  const make = (target: string) => (isLink ? symlinkSync(target, path) : mkdirSync(path))
  make('one')
  expect(watching.watchPlaces(all(path))).toBe(true)
  expect(watching.watchPlaces(all(path))).toBe(false)
  remove(path)
  make('two')
  expect(watching.watchPlaces(all(path))).toBe(true)
  await delay(60)
  onChange.mockClear()
  writeFileSync(join(path, 'a.db'), '')
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1))
})

test('what cannot be watched is asked for every second, what is not there is not', async () => {
  expect(watching.watchPlaces(all(join(folder, 'nowhere')))).toBe(false)
  await delay(1200)
  expect(onChange).not.toHaveBeenCalled()
  const loop = join(folder, 'loop')
  symlinkSync('loop', loop)
  watching.watchPlaces(all(loop))
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 3000 })
})
