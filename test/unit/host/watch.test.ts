import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Watching, watchFolders } from '../../../src/host/watch.ts'

let folder = ''
let watching: Watching

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e3-watch-'))
})
afterEach(() => {
  watching.close()
  rmSync(folder, { recursive: true, force: true })
})

test('several changes at once are one call, changes elsewhere are none', async () => {
  const onChange = vi.fn()
  mkdirSync(join(folder, 'sub'))
  watching = watchFolders(onChange)
  watching.setFolders(new Set([folder]))
  writeFileSync(join(folder, 'sub', 'c'), '')
  await delay(60)
  expect(onChange).not.toHaveBeenCalled()
  writeFileSync(join(folder, 'a'), '')
  writeFileSync(join(folder, 'b'), '')
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1))
})

test('folders that are no longer wanted are left alone', async () => {
  const onChange = vi.fn()
  watching = watchFolders(onChange)
  watching.setFolders(new Set([folder]))
  watching.setFolders(new Set())
  writeFileSync(join(folder, 'a'), '')
  await delay(60)
  expect(onChange).not.toHaveBeenCalled()
})

test('what cannot be watched is asked for every second', async () => {
  const onChange = vi.fn()
  watching = watchFolders(onChange)
  watching.setFolders(new Set([join(folder, 'nowhere')]))
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 3000 })
})
