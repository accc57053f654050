import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), "it's 100% ü "))

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs statements that import a module of `scripts/lib`; what they throw is their output. */
function run(script: string, statements: string): string {
  const code = `import * as script from ${JSON.stringify(script)}
try { ${statements} } catch (error) { console.log(error.message) }`
  const options = { cwd: folder, encoding: 'utf8' } as const
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], options).trim()
}

describe('scripts/lib/compile-cache.mjs', () => {
  test('works in a folder with blanks, quotes and letters beyond ASCII', () => {
    cpSync(join(repository, 'scripts/lib'), join(folder, 'lib'), { recursive: true })
    const options = "{ folder: '.', name: 'program', runs: [{ args: ['--help'] }] }"
    const output = run('./lib/compile-cache.mjs', `script.writeCachedProgram('0', ${options})`)
    expect(output).toBe('')
    expect(existsSync(join(folder, 'program.cache'))).toBe(true)
    expect(readdirSync(folder).sort()).toEqual(['lib', 'program.bundle.js', 'program.cache'])
  })
})

describe('scripts/lib/start-cached.cjs', () => {
  test('an old Node can read it, to come to the sentence that refuses it', () => {
    const code = readFileSync(join(repository, 'scripts/lib/start-cached.cjs'), 'utf8')
    const [old, now] = ['es2019', 'esnext'].map((target) => transformSync(code, { target }).code)
    expect(old).toBe(now)
  })
})

describe('scripts/build.mjs', () => {
  test('a mistake in a source is told once, and nothing else', () => {
    const copy = join(folder, 'copy')
    for (const part of ['src', 'scripts/lib', 'package.json']) {
      cpSync(join(repository, part), join(copy, part), { recursive: true })
    }
    symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'))
    appendFileSync(join(copy, 'src/text/span.ts'), 'const = 1\n')
    const options = { cwd: copy, encoding: 'utf8' } as const
    const ended = spawnSync(process.execPath, [join(repository, 'scripts/build.mjs')], options)
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr.match(/src\/text\/span\.ts:\d+:6:/g)).toHaveLength(1)
    expect(ended.stderr.match(/ERROR/g)).toHaveLength(1)
    expect(ended.stderr).not.toMatch(/Uint8Array|node:internal|\n {4}at /)
    expect(existsSync(join(copy, 'dist'))).toBe(false)
  }, 60_000)
})

describe('scripts/start.mjs', () => {
  test('an example that is not there: the names of those that are', () => {
    const start = [join(repository, 'scripts/start.mjs'), 'slde']
    const { status, stderr } = spawnSync(process.execPath, start, { encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toBe('"slde" is no example and no file; examples: records, two-modules, slide\n')
  })
})

describe('scripts/lib/test-selection.mjs', () => {
  const steps = '{ lint: {}, unit: { vitest: true }, e2e: { vitest: true } }'
  const all = { names: ['lint', 'unit', 'e2e'], filters: [] }
  const no = 'is in the path of no test file and no step; steps: lint, unit, e2e'

  test.each([
    [[], all],
    [['lint'], { names: ['lint'], filters: [] }],
    [['walk'], { names: ['unit', 'e2e'], filters: ['walk'] }],
    [['unit', 'startup/walk'], { names: ['unit'], filters: ['startup/walk'] }],
    [['./test/unit/startup/walk.test.ts:12'], { names: ['unit', 'e2e'] }],
    [['untit'], `"untit" ${no}`],
    [['unit', 'wakl'], `"wakl" ${no}`],
  ])('npm test -- %j', (words, expected) => {
    const known = `{ steps: ${steps}, root: ${JSON.stringify(repository)} }`
    const output = run(
      join(repository, 'scripts/lib/test-selection.mjs'),
      `console.log(JSON.stringify(script.selectionOf(${JSON.stringify(words)}, ${known})))`,
    )
    if (typeof expected === 'string') expect(output).toBe(expected)
    else expect(JSON.parse(output)).toMatchObject(expected)
  })
})
