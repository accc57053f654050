import { expect, test } from 'vitest'
import { jsonLinkForm } from '../../../../src/database/values/json-links.ts'

const linkTypes = new Map(['const', 'calc', 'mqtt'].map((name) => [name, {}] as const))

test.each([
  ['{const: {a: 1}}', 'form: {const: 1.5}'],
  ['{"calc": 1}', 'form: {calc: {expr: "A+1", args: [{const: 1}]}}'],
  ['{mqtt: 1, const: 2}', 'form: {mqtt: ...}'],
  ['{', 'form: {const: 1.5}'],
])('%s is written as %s', (text, form) => {
  expect(jsonLinkForm(text, linkTypes)).toBe(form)
})
