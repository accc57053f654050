import { expect, test } from 'vitest'
import { siteOf } from '../../../src/host/site.ts'
import { spanOf } from '../../../src/text/span.ts'
import { memoryReader } from '../../support/tree.ts'

const reader = memoryReader({ a: {}, b: {}, site: {}, here: { own: {} } })

function roots(env: Record<string, string>, modulePaths: string[] = []) {
  const { value, diagnostics } = siteOf({
    ...{ env, reader, cwd: '/here', architecture: 'linux-x86_64' },
    modulePaths: modulePaths.map((text) => ({ text, at: spanOf({ name: '-l', text }) })),
  })
  return {
    roots: value.roots.map(({ directory, origin }) => `${origin} ${directory}`),
    codes: diagnostics.map(({ code, at }) => `${code} ${at?.source.text}`),
  }
}

test('-l before the environment, the last one first; relative to where we are', () => {
  const env = { EPICS_DRIVER_PATH: '/site::/gone', E3_SITEMODS_PATH: '/site:own' }
  expect(roots(env, ['/a', 'own'])).toEqual({
    roots: ['-l /here/own', '-l /a', 'EPICS_DRIVER_PATH /site', 'EPICS_DRIVER_PATH /gone'],
    codes: [],
  })
})

test('a directory of -l must be there, those of the environment need not; both were searched', () => {
  expect(roots({ EPICS_DRIVER_PATH: '/gone' }, ['/nowhere', ''])).toEqual({
    roots: ['-l /nowhere', 'EPICS_DRIVER_PATH /gone'],
    codes: ['MODULE_PATH_NOT_FOUND ', 'MODULE_PATH_NOT_FOUND /nowhere'],
  })
})

test('an empty name is called that, and not a directory that is there', () => {
  const { diagnostics } = siteOf({
    ...{ env: {}, reader, cwd: '/here', architecture: 'linux-x86_64' },
    modulePaths: [{ text: '', at: spanOf({ name: '-l', text: '' }) }],
  })
  expect(diagnostics[0]?.message).toContain('is empty')
})

test('no environment, no roots', () => {
  expect(roots({})).toEqual({ roots: [], codes: [] })
})
