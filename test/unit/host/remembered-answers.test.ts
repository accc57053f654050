import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ObservedFiles, observeFiles } from '../../../src/host/observed-files.ts'
import { rememberedAnswers } from '../../../src/host/remembered-answers.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answers-'))
  writeFileSync(at('one.db'), 'record(ai, "a") {}\n')
  writeFileSync(at('two.db'), 'record(ai, "b") {}\n')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)
const hour = 3_600_000
const question = { topic: 'contents', key: 'all of it' }

/** As a start finds them; an hour later nothing is too fresh. */
function open(observed: ObservedFiles = observeFiles(), change = {}) {
  const directory = at('answers')
  return rememberedAnswers({ directory, build: 'a', begun: Date.now() + hour, ...change }, observed)
}

/** Works out an answer from one.db, after two.db was read for something else. */
function keep(change = {}): void {
  const observed = observeFiles()
  const answers = open(observed, change)
  observed.files.readFileSync?.(at('two.db'))
  const watch = answers.watch()
  observed.files.readFileSync?.(at('one.db'))
  answers.keep(question, { value: 7 }, watch.end())
  answers.write(at('answers'))
}

test('an answer comes back where its files are as they were', () => {
  keep()
  utimesSync(at('two.db'), 1, 1)
  expect(open().find(question)).toEqual({ value: 7 })
})

test.each<[string, () => unknown]>([
  ['its file has changed', () => writeFileSync(at('one.db'), 'other')],
  ['its file has another time', () => utimesSync(at('one.db'), 1, 1)],
  ['its file is gone', () => rmSync(at('one.db'))],
  ['nothing is there', () => rmSync(at('answers'), { recursive: true })],
  ['it is damaged', () => writeFileSync(kept(), '{"key":')],
  ['it is something else', () => writeFileSync(kept(), '[]')],
  [
    'it is of another key',
    () => writeFileSync(kept(), readFileSync(kept(), 'utf8').replace('all', 'no')),
  ],
  [
    'its observations are none',
    () => writeFileSync(kept(), '{"key":"a all of it","observations":[null],"answer":1}'),
  ],
  [
    'its observations are a text',
    () => writeFileSync(kept(), '{"key":"a all of it","observations":"x","answer":1}'),
  ],
  ['it has no observations', () => writeFileSync(kept(), '{"key":"a all of it","answer":1}')],
])('and does not if %s', (_, change) => {
  keep()
  change()
  expect(open().find(question)).toBeUndefined()
})

test.each([
  ['another key', { ...question, key: 'less' }, {}],
  ['another topic', { ...question, topic: 'libraries' }, {}],
  ['another build', question, { build: 'b' }],
  ['no place for it', question, { directory: undefined }],
])('nor for %s', (_, asked, change) => {
  keep()
  expect(open(observeFiles(), change).find(asked)).toBeUndefined()
})

test('what is too fresh is not kept', () => {
  keep({ begun: Date.now() })
  expect(open().find(question)).toBeUndefined()
})

test('only this user can read what is kept', () => {
  keep()
  expect(readdirSync(at('answers'))).toHaveLength(1)
  expect(() => keep()).not.toThrow()
  writeFileSync(at('file'), '')
  expect(() => open(observeFiles(), { directory: at('file') }).write(at('file'))).not.toThrow()
})

describe('a plan that rests on an answer', () => {
  test('rests on its files', () => {
    keep()
    const observed = observeFiles()
    open(observed).find(question)
    expect(observed.observations()?.map(({ path }) => path)).toEqual([at('one.db')])
  })
})

describe('a watch', () => {
  test('has what was asked meanwhile, and what was used of it', () => {
    const observed = observeFiles()
    observed.files.readFileSync?.(at('two.db'))
    const watch = observed.watch()
    observed.files.existsSync?.(at('none'))
    watch.ask('contents', at('two.db'))
    const found = watch.end()?.map(({ question: asked, path }) => `${asked} ${path}`)
    expect(found).toEqual([`state ${at('none')}`, `contents ${at('two.db')}`])
    observed.files.existsSync?.(at('one.db'))
    expect(watch.end()).toHaveLength(2)
    observed.stop()
    expect(watch.end()).toBeUndefined()
  })

  test('tells nothing where something was used that nobody has asked', () => {
    const watch = observeFiles().watch()
    watch.ask('contents', at('one.db'))
    expect(watch.end()).toBeUndefined()
  })
})

function kept(): string {
  const [name = ''] = readdirSync(at('answers'))
  return join(at('answers'), name)
}
