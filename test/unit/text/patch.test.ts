import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diagnostic, type TextEdit } from '../../../src/text/diagnostic.ts'
import { applyFixes } from '../../../src/text/edits.ts'
import { unifiedPatch } from '../../../src/text/patch.ts'

type Edit = readonly [start: number, end: number, replacement: string]

function editedOf(text: string, edits: readonly Edit[]) {
  const source = { name: 'a.db', text }
  const found = edits.map(([start, end, replacement]) => {
    const fixes: TextEdit[] = [{ at: { source, start, end }, replacement }]
    return diagnostic('FILE_TYPE', 'x', { fixes })
  })
  const [edited] = applyFixes(found)
  if (!edited) throw new Error('no edits')
  return edited
}

const seven = '1\n2\n3\n4\n5\n6\n7\n'

test.each<[string, string, Edit[], string]>([
  [
    'a word in a line, with three lines around it',
    seven.replace('7', '7\n8'),
    [[8, 9, 'x']],
    '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n',
  ],
  [
    'a line end that was missing',
    'a\nb',
    [[3, 3, '\n']],
    '@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n',
  ],
  [
    'neighbouring lines are one change',
    'a\r\nb\r\nc\n',
    [
      [1, 2, ''],
      [4, 5, ''],
    ],
    '@@ -1,3 +1,3 @@\n-a\r\n-b\r\n+a\n+b\n c\n',
  ],
  ['a line that goes', 'a\nb\nc\n', [[2, 4, '']], '@@ -1,3 +1,2 @@\n a\n-b\n c\n'],
  ['all that goes', 'a\n', [[0, 2, '']], '@@ -1,1 +0,0 @@\n-a\n'],
  ['a text that was empty', '', [[0, 0, 'a\n']], '@@ -0,0 +1,1 @@\n+a\n'],
  [
    'changes far from each other, lines behind the first are counted anew',
    `${seven}${seven}`,
    [
      [0, 0, '0\n'],
      [26, 27, 'x'],
    ],
    '@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -11,4 +12,4 @@\n 4\n 5\n 6\n-7\n+x\n',
  ],
])('%s', (_title, text, edits, expected) => {
  expect(unifiedPatch(editedOf(text, edits))).toBe(`--- a.db\n+++ a.db\n${expected}`)
})

const hasPatch = spawnSync('patch', ['--version']).status === 0

test.runIf(hasPatch)('patch makes the edited text of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'e3-patch-'))
  const path = join(folder, 'a.db')
  const lines = fc.array(fc.constantFrom('a', 'b', 'a\r', ''), { minLength: 1, maxLength: 40 })
  const places = fc.array(fc.tuple(fc.nat(120), fc.nat(5), fc.constantFrom('', 'x', 'y\n', '\n')), {
    minLength: 1,
    maxLength: 6,
  })
  try {
    fc.assert(
      fc.property(lines, places, (texts, wanted) => {
        const text = texts.join('\n')
        const edits = wanted.map(([at, length, replacement]): Edit => {
          const start = Math.min(at, text.length)
          return [start, Math.min(start + length, text.length), replacement]
        })
        const edited = editedOf(text, edits)
        if (edited.text === text || edited.text === '' || text === '') return
        writeFileSync(path, text)
        execFileSync('patch', ['--binary', '-s', '-p0', path], { input: unifiedPatch(edited) })
        expect(readFileSync(path, 'utf8')).toBe(edited.text)
      }),
      { numRuns: 60 },
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('as many lines as there may be, in one go', () => {
  const text = 'record(ai, "A") {}\r\n'.repeat(50_000)
  const source = { name: 'a.db', text }
  const edits = Array.from({ length: 50_000 }, (_, line): TextEdit => {
    const start = line * 20 + 18
    return { at: { source, start, end: start + 1 }, replacement: '' }
  })
  const lines = unifiedPatch({ source, edits }).split('\n')
  expect(lines[2]).toBe('@@ -1,50000 +1,50000 @@')
  expect(lines).toHaveLength(100_004)
})

test.runIf(hasPatch).each(['a b.db', 'a\tb.db', '"a".db', 'a\\b.db', 'é ü.db'])(
  'patch finds the file %j',
  (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'e3-patch-'))
    const source = { name, text: 'one\n' }
    const edits = [{ at: { source, start: 0, end: 3 }, replacement: 'two' }]
    try {
      writeFileSync(join(folder, name), source.text)
      execFileSync('patch', ['-s', '-p0'], { cwd: folder, input: unifiedPatch({ source, edits }) })
      expect(readFileSync(join(folder, name), 'utf8')).toBe('two\n')
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
