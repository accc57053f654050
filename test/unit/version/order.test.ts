import { expect, test } from 'vitest'
import { byDescendingVersion, compareVersions } from '../../../src/version/order.ts'
import { parseVersion } from '../../../src/version/version.ts'

const compare = (a: string, b: string) =>
  Math.sign(compareVersions(parseVersion(a), parseVersion(b)))

test('documented order, from the lowest test version to the highest numeric one', () => {
  const ordered = [
    '1.0',
    '1.0.0+',
    '1.0.0+1+2',
    '1.0.0+x',
    '1.0.0-test',
    'Mytest',
    'mytest',
    'mytest+0',
    'mytest+9',
    'mytest+10',
    '0.0.1',
    '1.0.0',
    '1.0.0+0',
    '1.0.0+1',
    '1.0.0+9',
    '1.0.0+10',
    '1.0.1',
    '1.0.10',
    '1.2.0',
    '2.0.0',
    '10.0.0',
  ]
  const shuffled = [...ordered].sort().map(parseVersion)
  expect(
    shuffled
      .sort(byDescendingVersion)
      .map(({ text }) => text)
      .reverse(),
  ).toEqual(ordered)
})

test.each([
  ['01.0.0', '1.0.0'],
  ['1.0.0+01', '1.0.0+1'],
  ['mytest+01', 'mytest+1'],
])('%s and %s are the same version', (a, b) => {
  expect(compare(a, b)).toBe(0)
  expect(compare(b, a)).toBe(0)
})

test('versions that differ in leading zeros only are sorted the same way every time', () => {
  const sort = (...texts: string[]) =>
    texts
      .map(parseVersion)
      .sort(byDescendingVersion)
      .map(({ text }) => text)
  expect(sort('1.0.0', '01.0.0')).toEqual(sort('01.0.0', '1.0.0'))
})
