import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { publish } from '../../../src/host/publish.ts'

let [root, aside] = ['', '']
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'publish-'))
  aside = join(root, 'old/7.0')
})
afterEach(() => rmSync(root, { recursive: true }))

function make(name: string, content: string): string {
  mkdirSync(join(root, name), { recursive: true })
  writeFileSync(join(root, name, 'who'), content)
  return join(root, name)
}

const whoIsIn = (name: string): string => readFileSync(join(root, name, 'who'), 'utf8')

test('a free place is taken', async () => {
  const made = make('staging/base', 'new')
  const plan = { made, target: join(root, '7.0'), aside, isKept: () => true, env: process.env }
  expect(await publish(plan)).toBe(true)
  expect(whoIsIn('7.0')).toBe('new')
})

test('a base that is kept stays', async () => {
  const plan = {
    made: make('staging/base', 'new'),
    target: make('7.0', 'old'),
    aside,
    env: process.env,
  }
  expect(await publish({ ...plan, isKept: () => true })).toBe(false)
  expect(whoIsIn('7.0')).toBe('old')
})

test.each([
  ['in one step', process.env],
  ['in two steps where the system cannot', { PATH: '/nowhere' }],
])('a base is replaced %s', async (_, env) => {
  const plan = { made: make('staging/base', 'new'), target: make('7.0', 'old'), aside, env }
  expect(await publish({ ...plan, isKept: () => false })).toBe(true)
  expect(whoIsIn('7.0')).toBe('new')
})
