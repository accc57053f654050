import { expect, test } from 'vitest'
import { remedyOf } from '../../../src/host/errors.ts'

test.each([
  ['ENOSPC', 'make room, then run it again'],
  ['EDQUOT', 'make room, then run it again'],
  ['EACCES', 'make it writable'],
])('what to do after %s', (code, remedy) => {
  const error = Object.assign(new Error('no'), { code })
  expect(remedyOf(error, 'make it writable')).toBe(remedy)
})
