import { expect, test } from 'vitest'
import { installedLibraries } from '../../../src/modules/installed-libraries.ts'
import { memoryReader } from '../../support/tree.ts'

const built = (arch: string, ...files: string[]) => ({
  lib: { [arch]: Object.fromEntries(files.map((name) => [name, ''])) },
})

test('of each module the newest version that can be loaded', () => {
  const reader = memoryReader({
    m: {
      a: {
        '1.0.0': built('linux-x86_64', 'a.dep', 'liba.so'),
        '1.1.0': built('linux-x86_64', 'a.dep', 'liba.so'),
        '2.0.0': built('linux-arm', 'a.dep', 'liba.so'),
      },
      data: { '1.0.0': built('linux-x86_64', 'data.dep') },
    },
  })
  const roots = [{ directory: '/m', origin: '-l' }] as const
  expect([...installedLibraries({ reader, roots, architecture: 'linux-x86_64' })]).toEqual([
    { module: 'a', version: '1.1.0', path: '/m/a/1.1.0/lib/linux-x86_64/liba.so' },
  ])
})
