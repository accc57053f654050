import { expect, test } from 'vitest'
import type { SharedObject } from '../../../../src/elf/shared-object.ts'
import { knownVersions } from '../../../../src/modules/check/known-versions.ts'

test.each([
  ['GLIBC_2.34', true],
  ['GLIBC_2.4', true],
  ['GLIBC_2.2.5', true],
  ['GLIBC_2.35', false],
  ['GLIBC_2.34.1', false],
  ['GLIBC_10', false],
  ['GLIBCXX_3.4.9', true],
  ['GLIBCXX_3.4.10', false],
  ['CXXABI_1.3', false],
  ['GLIBC_PRIVATE', false],
  ['LIBXML2_2.4.30', true],
  ['LIBXML2_2.4.29', false],
])('%s is there: %j', (version, expected) => {
  const known = knownVersions()
  known.learn(needing('GLIBC_2.34', 'GLIBC_2.2.5', 'GLIBCXX_3.4.9', 'LIBXML2_2.4.30'))
  expect(known.has(version)).toBe(expected)
})

function needing(...versions: readonly string[]): Pick<SharedObject, 'versionsNeeded'> {
  const versionsNeeded = versions.map((version) => {
    return { library: 'lib', version, index: 2, weak: false }
  })
  return { versionsNeeded }
}
