import { expect, test } from 'vitest'
import { scopeOf } from '../../../src/settings/scope.ts'
import { readSettings } from '../../../src/settings/settings.ts'

const text = `ignore: [vendor, /opt/modules/old]
severities: [{ code: SITE_NAME, path: [iocs/**, /opt/modules], severity: off }]
`
const { value } = readSettings({ name: 'e3.yaml', text }, '/repo/e3.yaml')
const scope = scopeOf(value, '/repo/iocs')
const globs = value.severities[0]?.paths ?? []

test.each([
  ['st.cmd', { isInside: true, isIgnored: false, matches: true }],
  ['../db/a.db', { isInside: true, isIgnored: false, matches: false }],
  ['/repo/db/a.db', { isInside: true, isIgnored: false, matches: false }],
  ['/repo/vendor/x/a.db', { isInside: false, isIgnored: true, matches: false }],
  ['/repository/a.db', { isInside: false, isIgnored: false, matches: false }],
  ['/opt/modules/asyn/db/a.db', { isInside: false, isIgnored: false, matches: true }],
  ['/opt/modules/old/db/a.db', { isInside: false, isIgnored: true, matches: true }],
  ['/vendor/a.db', { isInside: false, isIgnored: false, matches: false }],
  ['<command line>', { isInside: false, isIgnored: false, matches: false }],
  ['', { isInside: false, isIgnored: false, matches: false }],
])('%s', (name, expected) => {
  const { isInside, isIgnored, matches } = scope
  const got = {
    isInside: isInside(name),
    isIgnored: isIgnored(name),
    matches: matches(globs, name),
  }
  expect(got).toEqual(expected)
})

test('settings of the root directory are for all files', () => {
  const root = readSettings({ name: 'e3.yaml', text: '' }, '/e3.yaml').value
  expect(scopeOf(root, '/here').isInside('a.db')).toBe(true)
})
