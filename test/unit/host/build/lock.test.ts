import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { takeLock } from '../../../../src/host/build/lock.ts'
import { formatIdentity, identifyProcess } from '../../../../src/host/process-identity.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-lock-'))
const path = join(folder, 'lock')
afterAll(() => rmSync(folder, { recursive: true }))

const own = identifyProcess(process.pid)
const dead = own ? formatIdentity({ ...own, startTime: '1' }) : ''

test('it is taken once and given back, and nothing stays', () => {
  const release = takeLock(path)
  expect(() => takeLock(path)).toThrow(`process ${process.pid}`)
  release()
  takeLock(path)()
  expect(readdirSync(folder)).toEqual([])
})

test('that of a process that is gone is taken over', () => {
  writeFileSync(path, `${hostname()} ${dead}`)
  const release = takeLock(path)
  expect(readFileSync(path, 'utf8')).toContain(` ${process.pid} `)
  release()
})

test.each([
  ['another host', `elsewhere ${dead}`],
  ['nobody', ''],
])('that of %s counts as held', (_, text) => {
  writeFileSync(path, text)
  expect(() => takeLock(path)).toThrow('another build of this folder is at work')
  rmSync(path)
})
