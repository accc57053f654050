import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { patternFiles } from '../../../src/host/pattern-files.ts'

let cwd = ''

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'e3-patterns-'))
  const files = ['tree/a/st.cmd', 'real/st.cmd', 'real/deep/st.cmd', 'tree/node_modules/st.cmd']
  for (const file of files) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true })
    writeFileSync(join(cwd, file), '')
  }
  symlinkSync('../real', join(cwd, 'tree/link'))
  symlinkSync('.', join(cwd, 'tree/loop'))
  symlinkSync('../real/st.cmd', join(cwd, 'tree/one.cmd'))
  symlinkSync('nowhere', join(cwd, 'tree/broken.cmd'))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

test.each([
  ['tree/*/st.cmd', ['tree/a/st.cmd', 'tree/link/st.cmd']],
  ['./tree/l*/st.cmd', ['./tree/link/st.cmd']],
  ['tree/*.cmd', ['tree/one.cmd']],
  ['tree/{a,link}/st.cmd', ['tree/a/st.cmd', 'tree/link/st.cmd']],
  ['tree/**/st.cmd', ['tree/a/st.cmd']],
  ['tree/**/*.cmd', ['tree/a/st.cmd', 'tree/one.cmd']],
  ['tree/lin*/**/st.cmd', ['tree/link/deep/st.cmd', 'tree/link/st.cmd']],
  ['tree/link/**/st.cmd', ['tree/link/deep/st.cmd', 'tree/link/st.cmd']],
  ['tree/loop/*/st.cmd', ['tree/loop/a/st.cmd', 'tree/loop/link/st.cmd']],
  ['**/st.cmd', ['real/deep/st.cmd', 'real/st.cmd', 'tree/a/st.cmd']],
  ['nothing/*', []],
])('%s', async (pattern, files) => {
  expect(await patternFiles(pattern, cwd)).toMatchObject({ files, unreadable: [] })
})

test('absolute patterns', async () => {
  const files = [join(cwd, 'tree/a/st.cmd')]
  expect(await patternFiles(join(cwd, '*/**/a/st.cmd'), '/')).toMatchObject({ files })
})

test('a name is no pattern', async () => {
  expect(await patternFiles('tree/a/st.cmd', cwd)).toBeUndefined()
})
