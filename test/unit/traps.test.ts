import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const rows = readFileSync(join(root, 'docs/reference/traps.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (\d+) \|.*\| \[([^\]]+)\]\(\S+\) "(.+)" \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, trap = '', file = '', title = '']) => ({ trap: Number(trap), file, title }))

test('docs/reference/traps.md has all 33 traps in order', () => {
  expect(rows.map(({ trap }) => trap)).toEqual(Array.from({ length: 33 }, (_, index) => index + 1))
})

test.each(rows)('trap $trap is shown by $file "$title"', ({ file, title }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(`'${title}'`)
})
