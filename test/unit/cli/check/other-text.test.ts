import { expect, test } from 'vitest'
import { otherText } from '../../../../src/cli/check/other-text.ts'

test.each<[string, string, string | undefined]>([
  ['x.template', 'record(ai, "x") {}\n', undefined],
  ['x.template', '$(IF=) grecord (ai, "x") {}\n', undefined],
  ['x.template', '  include "y.template"\n', undefined],
  ['x.template', 'substitute A\n', undefined],
  ['x.template', '# only\n\n# comments\n', undefined],
  ['x.template', '', undefined],
  ['x.template', 'record(ao, "x") { field(DOL, {const:[1, 2]}) }\n', undefined],
  ['x.template', 'record({{ name }}, "x") {}\n', 'it has {{ name }} in it'],
  [
    'x.template',
    '{%- for a in b %}\nrecord(ai, "{{ a.b }}") {}\n',
    'it has {%- for a in b %} in it',
  ],
  ['x.template', 'Dear {name},\n\nyour IOC has been started.\n', 'it has no statement of one'],
  ['x.db', '{{ name }}\n', undefined],
])('%s %j', (name, text, message) => {
  const found = otherText({ name, text })
  expect(found?.message).toBe(message && `${name} is no database: ${message}`)
  if (found) expect(found).toMatchObject({ code: 'TEMPLATE_OTHER', severity: 'info' })
})

test('hostile texts take no time', () => {
  const text = `{%a${'{%a{{'.repeat(50_000)}`
  expect(otherText({ name: 'x.template', text })).toBeDefined()
})

test.each(['x.template', 'x.db'])('a template for msi: %s', (name) => {
  const found = otherText({ name, text: 'record(ai, "x") {}\nsubstitute "A=1"\ninclude "y.db"\n' })
  expect(found?.message).toBe(`${name} is a template for msi: it has substitute lines`)
})
