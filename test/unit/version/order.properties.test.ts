import fc from 'fast-check'
import semver from 'semver'
import { expect, test } from 'vitest'
import { byDescendingVersion, compareVersions } from '../../../src/version/order.ts'
import { parseVersion } from '../../../src/version/version.ts'

const digits = fc.oneof(fc.constantFrom('0', '00', '1', '01', '2', '10'), fc.nat().map(String))
const numeric = fc
  .tuple(digits, digits, digits, fc.option(digits))
  .map(([a, b, c, r]) => `${a}.${b}.${c}${r === null ? '' : `+${r}`}`)
const named = fc
  .tuple(fc.constantFrom('a', 'B', '1.0', '1.0.0+x', ''), fc.option(digits))
  .map(([name, r]) => `${name}${r === null ? '' : `+${r}`}`)
const version = fc.oneof(numeric, named, fc.string()).map(parseVersion)

test('the order is antisymmetric', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)))
    }),
  )
})

test('the order is transitive', () => {
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      const [x, y, z] = [a, b, c].sort(compareVersions)
      if (x && y && z) expect(compareVersions(x, z)).toBeLessThanOrEqual(0)
      if (compareVersions(a, b) === 0) {
        expect(Math.sign(compareVersions(a, c))).toBe(Math.sign(compareVersions(b, c)))
      }
    }),
  )
})

const release = fc.tuple(fc.nat(), fc.nat(20), fc.nat(20)).map((numbers) => numbers.join('.'))

test('releases are ordered as semantic versions are', () => {
  fc.assert(
    fc.property(release, release, (a, b) => {
      const order = compareVersions(parseVersion(a), parseVersion(b))
      expect(Math.sign(order)).toBe(semver.compare(a, b))
    }),
  )
})

test('only the same text has no place of its own when sorted', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(byDescendingVersion(a, b) === 0).toBe(a.text === b.text)
    }),
  )
})
