import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastGlob from 'fast-glob'
import { expect, test } from 'vitest'
import { codes } from '../../src/text/codes.ts'

const root = join(import.meta.dirname, '../..')
const names = Object.keys(codes)
const page = readFileSync(join(root, 'docs/reference/codes.md'), 'utf8')
const sections = page.split(/^(?=## )/m).slice(1)
const titles = sections.map((section) => /^## (.*)/.exec(section)?.[1] ?? '')

const tests = fastGlob
  .sync('test/**/*.test.ts', { cwd: root, ignore: ['test/unit/codes.test.ts'] })
  .map((file) => readFileSync(join(root, file), 'utf8'))
const tested = new Set(tests.flatMap((text) => text.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? []))

test('each code has one section in codes.md, each section a code', () => {
  expect(titles.toSorted()).toEqual(names.toSorted())
})

test.each(sections.map((section, index) => [titles[index] ?? '', section]))(
  '%s: meaning, an example with this code, remedy',
  (title, section) => {
    const [meaning = '', example = '', remedy = ''] = section
      .replace(/^## .*\n/, '')
      .split(/^```.*\n/m)
    expect(meaning.trim()).not.toBe('')
    expect(example).toMatch(new RegExp(`^(.+: )?(error|warning|info)\\[${title}\\]: .`, 'm'))
    expect(remedy.trim()).not.toBe('')
  },
)

test.each(names)('%s is expected by a test', (name) => {
  expect(tested.has(name)).toBe(true)
})
