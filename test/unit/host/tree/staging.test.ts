import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTreeStaging } from '../../../../src/host/tree/staging.ts'
import { writeFiles } from '../../../support/stage.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e3-staging-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What an installation leaves that is killed while a test version is moved aside. */
function leaveReplaced(): void {
  const { pid } = spawnSync('true')
  const namespace = spawnSync('readlink', ['/proc/self/ns/pid'], { encoding: 'utf8' }).stdout.trim()
  writeFiles(join(folder, `.staging-${hostname()}-${pid}-1`), {
    owner: `${pid} 1 ${namespace}\n`,
    'replaced/mytest/db/asyn.db': 'old',
  })
}

test('a version that was moved aside comes back, the rest is removed', () => {
  leaveReplaced()
  const { directory } = openTreeStaging(folder)
  rmSync(directory, { recursive: true })
  expect(readdirSync(folder)).toEqual(['mytest'])
})

test('unless its successor is there', () => {
  leaveReplaced()
  writeFiles(join(folder, 'mytest'), { 'db/asyn.db': 'new' })
  const { directory } = openTreeStaging(folder)
  rmSync(directory, { recursive: true })
  expect(readFileSync(join(folder, 'mytest/db/asyn.db'), 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['mytest'])
})
