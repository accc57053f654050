import { expect, test } from 'vitest'
import { nearFiles } from '../../../src/startup/find-file.ts'

const reader = {
  read: () => ({ reason: 'not asked', isMissing: true }),
  kindOf: (path: string) => (path.endsWith('.d') ? ('directory' as const) : undefined),
  list: (directory: string) => (directory === '/db' ? ['motor.db', 'loop.db', 'x y.d'] : []),
  realPath: (path: string) => path,
}

test.each([
  ['mtor.db', 'did you mean "motor.db"?'],
  ['sub/mtor.db', 'did you mean "motor.db"?'],
  ['loop.db', 'loop.db is a link that leads nowhere: ls -ld /db/loop.db'],
  ['x y.d', "x y.d is a directory: ls -ld '/db/x y.d'"],
  ['other.db', undefined],
])('what is there in place of %s: %s', (name, expected) => {
  expect(nearFiles(name, ['/nowhere', '/db'], reader)).toBe(expected)
})
