import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { settingsSchema } from '../../../src/settings/file-shape.ts'
import { readSettings } from '../../../src/settings/settings.ts'

const root = join(import.meta.dirname, '../../..')
const published = join(root, 'docs/e3.schema.json')
const validate = new Ajv2020({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
}).compile(settingsSchema())

function problems(text: string): string[] {
  const { diagnostics } = readSettings({ name: 'e3.yaml', text }, '/repo/e3.yaml')
  return diagnostics.map(({ code, message }) => `${code}: ${message}`)
}

test('docs/e3.schema.json is what the reader understands (UPDATE=1 writes it)', () => {
  const text = `${JSON.stringify(settingsSchema(), undefined, 2)}\n`
  if (process.env['UPDATE'] === '1') writeFileSync(published, text)
  expect(readFileSync(published, 'utf8')).toBe(text)
})

const guide = readFileSync(join(root, 'docs/guide/settings.md'), 'utf8')
const examples = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text)

test('the guide has examples', () => {
  expect(examples.length).toBeGreaterThan(5)
})

test.each(examples)('an example of the guide is right for both: %s', (text) => {
  expect(problems(text)).toEqual([])
  validate(parse(text))
  expect(validate.errors).toBeNull()
})

test.each([
  'bas: a',
  'base: []',
  "base: ''",
  'module-path: []',
  'require: { asyn: 1 }',
  "require: ['a b']",
  'environment: { a-b: 1 }',
  'environment: { A: [] }',
  'iocs: {}',
  'iocs: [{ name: a }]',
  'iocs: [{ name: a, script: b, scripts: c }]',
  'iocs: [{ name: a, script: b, macros: { "A B": c } }]',
  'ignore: 1',
  'severities: {}',
  'severities: [{ code: SITE_NAME }]',
  'severities: [{ code: SITE_NAME, severity: none }]',
  'severities: [{ code: site_name, severity: off }]',
  'severities: [{ code: SETTINGS_KEY, severity: off }]',
  'severities: [{ severity: off }]',
  'rules: { naming: [{ records: ai }] }',
  'rules: { required-fields: { ai: desc } }',
  'rules: { required-fields: { a-b: DESC } }',
  'rules: { lengths: { name: 0 } }',
  'rules: { lengths: { name: "4" } }',
  'rules: { lengths: { desc: 4 } }',
  'rules: { forbidden-commands: [system] }',
  'rules: { include-modules: 1 }',
])('both refuse %s', (text) => {
  expect(problems(text)).not.toEqual([])
  expect(validate(parse(text))).toBe(false)
})
