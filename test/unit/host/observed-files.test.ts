import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerTo, type ObservedFiles, observeFiles } from '../../../src/host/observed-files.ts'

let folder: string
let observed: ObservedFiles

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'observed-'))
  writeFileSync(join(folder, 'file'), 'some text')
  mkdirSync(join(folder, 'directory'))
  symlinkSync('file', join(folder, 'link'))
  observed = observeFiles()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)

/** The functions that a program gets. */
function files() {
  const { openSync: open, readFileSync, readdirSync, statSync, accessSync } = observed.files
  const { existsSync, realpathSync } = observed.files
  if (!open || !readFileSync || !readdirSync || !statSync) throw new Error('a function is missing')
  if (!accessSync || !existsSync || !realpathSync) throw new Error('a function is missing')
  return {
    openSync: open,
    readFileSync,
    readdirSync,
    statSync,
    accessSync,
    existsSync,
    realpathSync,
  }
}

const questions: readonly [
  string,
  (functions: ReturnType<typeof files>) => unknown,
  question: string,
  name: string,
][] = [
  ['a file is read', (fs) => fs.readFileSync(at('file')), 'contents', 'file'],
  ['a file is opened', (fs) => fs.openSync(at('file'), 'r'), 'contents', 'file'],
  ['a file is not there', (fs) => fs.readFileSync(at('none')), 'contents', 'none'],
  ['no file to open', (fs) => fs.openSync(at('none'), 'r'), 'contents', 'none'],
  ['a directory is listed', (fs) => fs.readdirSync(at('directory')), 'names', 'directory'],
  ['no directory', (fs) => fs.readdirSync(at('file')), 'names', 'file'],
  ['a file is looked at', (fs) => fs.statSync(at('file')), 'state', 'file'],
  ['a directory is looked at', (fs) => fs.statSync(at('directory')), 'state', 'directory'],
  ['whether it may be read', (fs) => fs.accessSync(at('none')), 'state', 'none'],
  ['whether it is there', (fs) => fs.existsSync(at('none')), 'state', 'none'],
  ['where a link leads', (fs) => fs.realpathSync(at('link')), 'target', 'link'],
]

test.each(questions)('noted: %s', (_, ask, question, name) => {
  try {
    ask(files())
  } catch {
    // What is missing is an answer, too.
  }
  const [note, ...more] = observed.observations() ?? []
  expect(more).toEqual([])
  expect(note).toMatchObject({ question, path: at(name) })
  expect(note && answerTo(note.question, note.path)).toBe(note?.answer)
})

const edits: readonly [string, (functions: ReturnType<typeof files>) => unknown, () => void][] = [
  [
    'contents of the same length',
    (fs) => fs.readFileSync(at('file')),
    () => writeFileSync(at('file'), 'same size'),
  ],
  [
    'another file of the same name',
    (fs) => fs.readFileSync(at('file')),
    () => {
      writeFileSync(at('new'), 'some text')
      renameSync(at('new'), at('file'))
    },
  ],
  [
    'a file where there was none',
    (fs) => fs.existsSync(at('none')),
    () => writeFileSync(at('none'), ''),
  ],
  [
    'a name in a directory',
    (fs) => fs.readdirSync(at('directory')),
    () => writeFileSync(at('directory/new'), ''),
  ],
  [
    'a directory that is a file now',
    (fs) => fs.statSync(at('directory')),
    () => {
      rmSync(at('directory'), { recursive: true })
      writeFileSync(at('directory'), '')
    },
  ],
  [
    'a link that leads elsewhere',
    (fs) => fs.realpathSync(at('link')),
    () => {
      rmSync(at('link'))
      symlinkSync('directory', at('link'))
    },
  ],
]

test.each(edits)('a change shows: %s', async (_, ask, change) => {
  ask(files())
  await new Promise((resolve) => setTimeout(resolve, 20))
  change()
  const [note] = observed.observations() ?? []
  expect(note && answerTo(note.question, note.path)).not.toBe(note?.answer)
})

test('what is written into a directory does not change whether it is one', () => {
  files().statSync(at('directory'))
  writeFileSync(at('directory/new'), '')
  const [note] = observed.observations() ?? []
  expect(note && answerTo(note.question, note.path)).toBe(note?.answer)
})

test('a device cannot be asked again', () => {
  files().openSync('/dev/null', 'r')
  expect(observed.observations()).toBeUndefined()
})

test('two answers about one path are none', () => {
  files().readFileSync(at('file'))
  writeFileSync(at('file'), 'longer than before')
  files().readFileSync(at('file'))
  expect(observed.observations()).toBeUndefined()
})

test('texts are remembered, notes end', () => {
  files().readFileSync(at('file'), 'utf8')
  observed.stop()
  files().readFileSync(at('link'), 'utf8')
  expect(observed.observations()).toHaveLength(1)
  expect(observed.texts().some((text) => text.includes('me te'))).toBe(true)
})
