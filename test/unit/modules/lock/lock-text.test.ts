import { expect, test } from 'vitest'
import { type LockContents, lockText } from '../../../../src/modules/lock/lock-text.ts'
import { readLock } from '../../../../src/modules/lock/read-lock.ts'
import { hash } from '../../../support/locks.ts'

const module = (name: string, version: string) => ({
  ...{ name, version, root: '../modules', files: { dbd: hash('1') } },
})

const contents: LockContents = {
  arguments: ['-r', 'asyn'],
  base: { version: '7.0.8.1', arch: 'linux-x86_64' },
  requests: ['stream', 'asyn', 'stream'],
  modules: [module('stream', '2.8.26'), module('asyn', '4.42.0')],
}

test('sorted, each request once, and the same whatever the order was', () => {
  const text = lockText(contents)
  expect(text.match(/"(asyn|stream)"/g)?.join()).toBe('"asyn","asyn","stream","asyn","stream"')
  const other = { ...contents, modules: [...contents.modules].reverse() }
  expect(lockText(other)).toBe(text)
  expect(text.endsWith('}\n')).toBe(true)
})

test('it is read as it was written', () => {
  const { value } = readLock({ name: 'x.lock', text: lockText(contents) })
  expect(value).toMatchObject({ arguments: ['-r', 'asyn'], requests: ['asyn', 'stream'] })
  expect(value?.modules.get('asyn')).toMatchObject({
    root: '../modules',
    files: { dbd: hash('1') },
  })
})
