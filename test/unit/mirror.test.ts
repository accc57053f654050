import { join } from 'node:path'
import fastGlob from 'fast-glob'
import { expect, test } from 'vitest'

const unit = import.meta.dirname
const sources = new Set(fastGlob.sync('**/*.ts', { cwd: join(unit, '../../src') }))
const tests = fastGlob.sync('*/**/*.test.ts', { cwd: unit })

test.each(tests)('mirror: %s tests a file of src', (file) => {
  const topic = file.replace(/(\.(properties|fuzz))?\.test\.ts$/, '')
  expect(sources.has(`${topic}.ts`)).toBe(true)
})
