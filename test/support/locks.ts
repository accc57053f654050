import type { ModuleLock } from '../../src/modules/lock/lock.ts'
import { readLock } from '../../src/modules/lock/read-lock.ts'

/** 64 hexadecimal digits. */
export function hash(digit: string): string {
  return digit.repeat(64)
}

/** The text of a lock: modules as `asyn: 4.42.0+3`, all with the same hashes. */
export function lockOf(modules: Readonly<Record<string, string>>, change: object = {}): string {
  const entries = Object.entries(modules).map(([name, version]) => [
    name,
    { version, root: '/epics/modules', library: hash('a'), dbd: hash('b'), dep: hash('c') },
  ])
  const base = { version: '7.0.8.1', arch: 'linux-x86_64', libCom: hash('d') }
  const lock = { format: 1, base, modules: Object.fromEntries(entries), ...change }
  return `${JSON.stringify(lock, null, 2)}\n`
}

/** A lock `st.cmd.lock`. */
export function readLockOf(
  modules: Readonly<Record<string, string>>,
  change: object = {},
): ModuleLock {
  const { value } = readLock({ name: 'st.cmd.lock', text: lockOf(modules, change) })
  if (!value) throw new Error('no lock')
  return value
}
