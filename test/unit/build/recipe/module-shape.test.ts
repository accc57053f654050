import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { moduleSchema } from '../../../../src/build/recipe/module-shape.ts'
import { readModuleYaml } from '../../../../src/build/recipe/module-yaml.ts'

const root = join(import.meta.dirname, '../../../..')
const published = join(root, 'docs/module.schema.json')
const validate = new Ajv2020({
  ...{ strict: true, strictRequired: false, allowUnionTypes: true },
}).compile(moduleSchema())

test('docs/module.schema.json is what the reader understands (UPDATE=1 writes it)', () => {
  const text = `${JSON.stringify(moduleSchema(), undefined, 2)}\n`
  if (process.env['UPDATE'] === '1') writeFileSync(published, text)
  expect(readFileSync(published, 'utf8')).toBe(text)
})

const page = readFileSync(join(root, 'docs/reference/module-yaml.md'), 'utf8')
const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text)

test.each(examples)('an example of the documentation is right for both: %s', (text) => {
  expect(readModuleYaml({ name: 'module.yaml', text }, 'linux-arm').diagnostics).toEqual([])
  validate(parse(text))
  expect(validate.errors).toBeNull()
})

test.each(Object.keys(moduleSchema()['properties'] as object))('%s is documented', (key) => {
  expect(page).toMatch(new RegExp(`^\\| .*\`${key}\``, 'm'))
})
