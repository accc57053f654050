import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  defaultEmbedded,
  embeddedRoot,
  listEmbedded,
  pinnedBaseVersion,
  recordFile,
} from '../../../../src/host/base/embedded.ts'

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'data-'))
})
afterEach(() => rmSync(data, { recursive: true }))

function addBase(name: string): void {
  mkdirSync(join(data, 'e3/base', name, 'configure'), { recursive: true })
  writeFileSync(join(data, 'e3/base', name, recordFile), '{}')
}

test.each([
  [{ XDG_DATA_HOME: '/data', HOME: '/home/u' }, '/data/e3/base'],
  [{ XDG_DATA_HOME: '', HOME: '/home/u' }, '/home/u/.local/share/e3/base'],
  [{ XDG_DATA_HOME: 'relative', HOME: '/home/u' }, '/home/u/.local/share/e3/base'],
])('place of embedded bases with %j', (env, root) => {
  expect(embeddedRoot(env)).toBe(root)
})

test('the newest comes first; incomplete and foreign directories are no bases', () => {
  for (const name of ['7.0.9.99.0.1', '7.0.10.99.0.0', '.staging-host-1-1', 'notes']) addBase(name)
  mkdirSync(join(data, 'e3/base/7.0.11.99.0.0'))
  const versions = listEmbedded({ XDG_DATA_HOME: data }).map(({ version }) => version)
  expect(versions).toEqual(['7.0.10.99.0.0', '7.0.9.99.0.1'])
})

test('the pinned version is used before a newer one, else the newest', () => {
  const used = (): string | undefined => defaultEmbedded({ XDG_DATA_HOME: data })?.version
  expect(used()).toBeUndefined()
  for (const name of ['7.0.99.99.0.0', '7.0.98.99.0.0']) addBase(name)
  expect(used()).toBe('7.0.99.99.0.0')
  addBase(pinnedBaseVersion)
  expect(used()).toBe(pinnedBaseVersion)
})
