import { expect, test } from 'vitest'
import { findFile, nearFiles } from '../../../src/startup/find-file.ts'

const files = ['motor.db', 'loop.db', 'x y.d', 'stage.dbd']
const reader = {
  read: () => ({ reason: 'not asked', isMissing: true }),
  kindOf: (path: string) => (path.endsWith('.d') ? ('directory' as const) : undefined),
  list: (directory: string) => (directory === '/db' ? files : []),
  realPath: (path: string) => path,
}

test.each([
  ['db/a.db', undefined, { path: '/ioc/db/a.db' }],
  ['a.db', 'none:db', { path: '/ioc/db/a.db' }],
  ['b.db', 'none:.:none', { searched: ['/ioc/none', '/ioc'] }],
  ['b.db', ':none : other', { searched: ['/ioc/none', '/ioc/other', '/ioc'] }],
  ['b.db', ' ', { searched: ['/ioc'] }],
  ['c.db', 'closed:none', { path: '/ioc/closed/c.db' }],
  ['a.db', 'closed:db', { path: '/ioc/db/a.db' }],
])('%s along %s', (name, path, expected) => {
  const files = {
    ...reader,
    kindOf: (one: string) => (one === '/ioc/db/a.db' ? ('file' as const) : undefined),
    read: (one: string) => ({ reason: 'no', isMissing: !one.includes('/closed/') }),
  }
  expect(findFile(name, { reader: files, cwd: '/ioc', path })).toEqual(expected)
})

test.each([
  ['mtor.db', 'did you mean "motor.db"?'],
  ['sub/mtor.db', 'did you mean "motor.db"?'],
  ['loop.db', 'loop.db is a link that leads nowhere: ls -ld /db/loop.db'],
  ['x y.d', "x y.d is a directory: ls -ld '/db/x y.d'"],
  ['other.db', undefined],
])('what is there in place of %s: %s', (name, expected) => {
  expect(nearFiles({ name, searched: ['/nowhere', '/db'] }, reader).hint).toBe(expected)
})

test.each([
  ['mtor.db', '"mtor.db"', '"motor.db"'],
  ['$(TOP)/mtor.db', '$(TOP)/mtor.db', '$(TOP)/motor.db'],
  ['the name comes from a macro', '$(FILE)', undefined],
  ['a part of the name comes from a macro', '$(M)r.db', undefined],
])('what would put it right: %s', (_title, written, expected) => {
  const text = `dbLoadRecords ${written}`
  const at = { source: { name: 'st.cmd', text }, start: 14, end: text.length }
  const { fixes = [] } = nearFiles({ name: 'sub/mtor.db', searched: ['/db'], at }, reader)
  const fixed = fixes.map(
    (fix) => text.slice(14, fix.at.start) + fix.replacement + text.slice(fix.at.end),
  )
  expect(fixed).toEqual(expected === undefined ? [] : [expected])
})

test('a near name of another kind is a hint only', () => {
  const at = { source: { name: 'st.cmd', text: 'stage.db' }, start: 0, end: 8 }
  const near = nearFiles({ name: 'stage.db', searched: ['/db'], at }, reader)
  expect(near).toEqual({ hint: 'did you mean "stage.dbd"?', fixes: [] })
})

test('a misspelled end of a name', () => {
  const at = { source: { name: 's.substitutions', text: '"x.tmplate"' }, start: 0, end: 11 }
  const folder = { ...reader, list: () => ['x.template', 's.substitutions'] }
  const { fixes } = nearFiles({ name: 'x.tmplate', searched: ['/db'], at }, folder)
  expect(fixes?.map(({ replacement }) => replacement)).toEqual(['x.template'])
})

test('a file is no near name of one that it names', () => {
  const at = { source: { name: 'db/motor.db', text: 'mtor.db' }, start: 0, end: 7 }
  expect(nearFiles({ name: 'mtor.db', searched: ['/db'], at }, reader)).toEqual({})
})
