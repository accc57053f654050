import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { formatIdentity, identifyProcess } from '../../../src/host/process-identity.ts'
import { temporaryDirectory } from '../../../src/host/temporary-directory.ts'

const kind = `e3-temporary-${process.pid}`
const made = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`${kind}-`))

afterEach(() => {
  for (const name of made()) rmSync(join(tmpdir(), name), { recursive: true })
})

/** One that somebody else seems to have made. */
function left(name: string, owner?: string): string {
  const directory = join(tmpdir(), `${kind}-${name}`)
  mkdirSync(join(directory, 'work'), { recursive: true })
  if (owner !== undefined) writeFileSync(join(directory, 'owner'), owner)
  return directory
}

/** The identity of a process that has ended. */
function gone(): string {
  const { pid } = spawnSync('true')
  return formatIdentity({
    pid,
    startTime: '1',
    namespace: identifyProcess(process.pid)?.namespace ?? '',
  })
}

test('is empty, and is removed with all that was put into it', () => {
  const { path, remove } = temporaryDirectory(kind)
  expect(readdirSync(path)).toEqual([])
  mkdirSync(join(path, 'a/b'), { recursive: true })
  writeFileSync(join(path, 'a/b/c'), '')
  expect(made()).toEqual([basename(dirname(path))])
  remove()
  expect(made()).toEqual([])
})

test('what a process that is gone has left is removed by the next one', () => {
  const directory = left('killed', gone())
  temporaryDirectory(kind).remove()
  expect(existsSync(directory)).toBe(false)
})

test.each([
  [
    'of a running process',
    () => left('running', formatIdentity(must(identifyProcess(process.pid)))),
  ],
  ['that does not say whose it is', () => left('new')],
  ['with something else in that place', () => left('odd', 'not an owner')],
  ['of another kind', () => left('x', gone())],
])('one %s stays', (what, make) => {
  const directory = make()
  temporaryDirectory(what === 'of another kind' ? `${kind}-x-other` : kind).remove()
  expect(existsSync(directory)).toBe(true)
})

test('a link is not followed', () => {
  const other = join(tmpdir(), `other-${kind}`)
  mkdirSync(other)
  writeFileSync(join(other, 'owner'), gone())
  symlinkSync(other, join(tmpdir(), `${kind}-link`))
  try {
    temporaryDirectory(kind).remove()
    expect(existsSync(join(other, 'owner'))).toBe(true)
  } finally {
    rmSync(other, { recursive: true })
  }
})

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('there is no such process')
  return value
}
