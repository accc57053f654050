import { expect, test } from 'vitest'
import { homeDirectory } from '../../../src/host/home-directory.ts'

const unknown = (): never => {
  throw new Error('no such user')
}

test.each<[string, Record<string, string>, () => { homedir: string }, string]>([
  ['HOME', { HOME: '/home/me' }, unknown, '/home/me'],
  ['no HOME', {}, () => ({ homedir: '/home/known' }), '/home/known'],
  ['an empty HOME', { HOME: '' }, () => ({ homedir: '/home/known' }), '/home/known'],
  ['a relative HOME', { HOME: 'here' }, () => ({ homedir: '/home/known' }), '/home/known'],
  ['a user without a home', {}, () => ({ homedir: '' }), '/'],
  ['a user that is not known', {}, unknown, '/'],
])('home directory: %s', (_, env, known, expected) => {
  expect(homeDirectory(env, known)).toBe(expected)
})
