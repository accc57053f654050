import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastGlob from 'fast-glob'
import { afterAll, expect, test } from 'vitest'
import { filesNear, matchFiles } from '../../../../src/host/build/match-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-match-'))
afterAll(() => rmSync(folder, { recursive: true }))

for (const one of ['src/sub', 'src/folder.c', '.e3', 'a+b']) {
  mkdirSync(join(folder, one), { recursive: true })
}
const files = [
  'a.c',
  'ab.c',
  'b.cc',
  'x+y.c',
  '.hidden.c',
  '[x].c',
  'with space.c',
  'two\nlines.c',
  'A.C',
]
for (const name of files) writeFileSync(join(folder, 'src', name), '')
for (const name of ['top.c', 'src/sub/deep.c', '.e3/made.c', 'a+b/c.c']) {
  writeFileSync(join(folder, name), '')
}
for (const [to, name] of [
  ['a.c', 'src/link.c'],
  ['nowhere', 'src/dead.c'],
  ['src', 'linked'],
] as const) {
  symlinkSync(to, join(folder, name))
}

test.each([
  ...['*', '*.c', 'src/*.c', 'src/*', 'src/a*', 'src/*b*', 'src/*.c*', 'src/*a*.c', 'src/a.c*'],
  ...['linked/*.c', 'a+b/*.c', 'nowhere/*.c', 'top.c/*.c', 'src/**.c', '**/*.c', '*/*.c', '.e3/*'],
  ...['src/.*', 'src/[ab].c', 'src/{a,ab}.c', 'src/?.c', 'src/+(a|b).c', 'src//*.c'],
])('%s is matched as fast-glob does', async (pattern) => {
  const options = { cwd: folder, suppressErrors: true, followSymbolicLinks: false }
  const wanted = fastGlob.sync(pattern, { ...options, ignore: ['.e3/**'] }).sort()
  expect(await matchFiles(folder, pattern)).toEqual(wanted)
})

test.each(['a.c', 'src/a.c', 'no such file'])('%s is no pattern', async (text) => {
  expect(await matchFiles(folder, text)).toBeUndefined()
})

test('files near to a folder', async () => {
  expect(await filesNear(folder)).toEqual(expect.arrayContaining(['top.c', 'src/sub/deep.c']))
})
