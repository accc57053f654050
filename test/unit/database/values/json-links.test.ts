import { expect, test } from 'vitest'
import { checkJsonLink, jsonLinkForm } from '../../../../src/database/values/json-links.ts'

const linkTypes = new Map(['const', 'calc', 'mqtt', 'pva'].map((name) => [name, {}] as const))

test.each([
  ['{const: {a: 1}}', 'form: {const: 1.5}'],
  ['{"calc": 1}', 'form: {calc: {expr: "A+1", args: [{const: 1}]}}'],
  ['{mqtt: 1, const: 2}', 'form: {mqtt: ...}'],
  ['{', 'form: {const: 1.5}'],
])('%s is written as %s', (text, form) => {
  expect(jsonLinkForm(text, linkTypes)).toBe(form)
})

const args = (count: number) => `{calc: {expr: "A", args: [${Array(count).fill(1)}]}}`
const time = 'time takes the letter of an argument, "A" to "U"'

// What an IOC of base 7.0.10 says `Can't set` to, or does not.
test.each([
  ['{calc: {expr: "A", args: [1], time: "u"}}', undefined],
  ['{calc: {expr: "A", args: [1], time: "V"}}', time],
  ['{calc: {expr: "A", args: [1], time: "AB"}}', time],
  [args(21), undefined],
  [args(22), 'a calc link takes 21 args, here are 22'],
  ['{pva: "a"}', undefined],
  ['{pva: {pv: "a", local: {b: 1}}}', undefined],
  ['{pva: [1]}', 'a pva link has no lists'],
  ['{pva: {pv: ["a"]}}', 'a pva link has no lists'],
])('%s: %s', (text, message) => {
  const problem = checkJsonLink(text, { kind: 'DBF_INLINK', linkTypes, isParsed: true })
  expect(problem?.message).toBe(message)
})
