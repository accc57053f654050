import { expect, test } from 'vitest'
import { lockChanges } from '../../../../src/modules/lock/changes.ts'
import type { LockContents } from '../../../../src/modules/lock/lock-text.ts'
import { hash, readLockOf } from '../../../support/locks.ts'

const files = { library: hash('a'), dbd: hash('b'), dep: hash('c') }
const base = { version: '7.0.8.1', arch: 'linux-x86_64', libCom: hash('d') }

function changes(
  modules: readonly { readonly name: string; readonly version: string; readonly files?: object }[],
  now: LockContents['base'] = base,
): string[] {
  const all = modules.map((one) => ({ root: '/epics/modules', files, ...one }))
  const before = readLockOf({ asyn: '4.42.0', calc: '3.7.5' })
  return lockChanges(before, { arguments: [], requests: [], base: now, modules: all })
}

const same = [
  { name: 'asyn', version: '4.42.0' },
  { name: 'calc', version: '3.7.5' },
]

test('what is new, gone, another version or other files', () => {
  expect(changes(same)).toEqual([])
  expect(
    changes([
      { name: 'asyn', version: '4.43.0' },
      { name: 'stream', version: '2.8.26' },
    ]),
  ).toEqual(['asyn 4.42.0 -> 4.43.0', 'calc is no longer needed', 'stream 2.8.26 is new'])
  expect(changes([{ name: 'asyn', version: '4.42.0', files: {} }, ...same.slice(1)])).toEqual([
    'asyn 4.42.0 has other files',
  ])
})

test('another base', () => {
  expect(changes(same, { ...base, version: '7.0.9' })).toEqual([
    'base 7.0.8.1 for linux-x86_64 -> base 7.0.9 for linux-x86_64',
  ])
  expect(changes(same, { ...base, libCom: hash('0') })).toEqual(['libCom.so of base has changed'])
})
