import { expect, test } from 'vitest'
import { lockInForce } from '../../../../src/modules/lock/lock-in-force.ts'
import { resolve } from '../../../../src/modules/resolve.ts'
import { hash, readLockOf } from '../../../support/locks.ts'
import { scriptRequests } from '../../../support/requests.ts'
import { siteOf } from '../../../support/tree.ts'

const folder = '/epics/modules/asyn/4.42.0'
const same: Readonly<Record<string, string>> = {
  [`${folder}/lib/linux-x86_64/libasyn.so`]: hash('a'),
  [`${folder}/dbd/asyn.dbd`]: hash('b'),
  [`${folder}/lib/linux-x86_64/asyn.dep`]: hash('c'),
}
const base = { version: '7.0.8.1', arch: 'linux-x86_64', libCom: hash('d') }

function drift(
  files: Readonly<Record<string, string>> = same,
  now: typeof base | undefined = base,
  modules: Readonly<Record<string, string>> = { asyn: '4.42.0' },
): string[] {
  const lock = lockInForce(readLockOf(modules), {
    ...{ base: now, words: 'st.cmd', hashOf: (path) => files[path] },
  })
  const { modules: loaded } = resolve(
    scriptRequests('require asyn'),
    siteOf({ asyn: { '4.42.0': '' } }),
  )
  return lock.drift(loaded).map(({ code, message, hint }) => `${code} ${message} | ${hint}`)
}

test('all is as it was locked', () => {
  expect(drift()).toEqual([])
})

test.each([
  ['libasyn.so', 'its library has changed'],
  ['asyn.dbd', 'its dbd has changed'],
  ['asyn.dep', 'its .dep file has changed'],
])('another %s', (name, message) => {
  const changed = Object.entries(same).map(([path, sum]) => [
    ...[path, path.endsWith(name) ? hash('0') : sum],
  ])
  const [found = '', ...others] = drift(Object.fromEntries(changed))
  expect(others).toEqual([])
  expect(found).toMatch(/^LOCK_FILES asyn 4\.42\.0 is not as it was locked: /)
  expect(found).toContain(message)
  expect(found).toContain('e3 lock --update asyn st.cmd')
})

test('a file that cannot be read has changed', () => {
  expect(drift({}).join()).toContain('its library has changed, its dbd has changed')
})

test.each([
  [{ ...base, version: '7.0.9' }, 'LOCK_BASE this is base 7.0.9 for linux-x86_64'],
  [{ ...base, arch: 'linux-arm' }, 'LOCK_BASE this is base 7.0.8.1 for linux-arm'],
  [{ ...base, libCom: hash('0') }, 'LOCK_BASE libCom.so of base 7.0.8.1'],
])('another base: %j', (now, message) => {
  expect(drift(same, now).join()).toContain(message)
})

test('a module that is not locked: where it is required', () => {
  const [found] = drift(same, base, {})
  expect(found).toBe(
    'LOCK_MODULE asyn 4.42.0 is loaded, but st.cmd.lock does not hold it | e3 lock st.cmd',
  )
})
