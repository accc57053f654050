import { expect, test } from 'vitest'
import { checkedIoc } from '../../support/checked-ioc.ts'
import { siteDiagnostics } from '../../support/site-rules.ts'

const text = 'record(ai, "a") { }\n'
const files = {
  'x.db': text,
  '/repo/db/y.db': text.replace('a"', 'b"'),
  '/repo/vendor/z.db': text.replace('a"', 'c"'),
  '/opt/m/1.0.0/db/m.template': text.replace('a"', 'd"'),
}

function places(settings: string): string[] {
  return siteDiagnostics(settings, checkedIoc({ files })).map(({ at }) => at?.source.name ?? '?')
}

test.each([
  ['rules: {}', []],
  ['rules: { required-fields: { ai: DESC } }', ['x.db', '/repo/db/y.db', '/repo/vendor/z.db']],
  ['ignore: vendor\nrules: { required-fields: { ai: DESC } }', ['x.db', '/repo/db/y.db']],
  [
    'ignore: vendor\nrules: { include-modules: true, required-fields: { ai: DESC } }',
    ['x.db', '/repo/db/y.db', '/opt/m/1.0.0/db/m.template'],
  ],
])('%j', (settings, expected) => {
  expect(places(settings)).toEqual(expected)
})
