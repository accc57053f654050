import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findScripts } from '../../../src/host/find-scripts.ts'

let cwd: string

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'scripts-'))
  for (const path of ['b/st.cmd', 'a/st.cmd', 'a/deep/st.cmd', 'odd[1].cmd']) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), '')
  }
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

test.each<[string, string[]]>([
  ['a/st.cmd', ['a/st.cmd']],
  ['*/st.cmd', ['a/st.cmd', 'b/st.cmd']],
  ['**/st.cmd', ['a/deep/st.cmd', 'a/st.cmd', 'b/st.cmd']],
  ['{b,a}/st.cmd', ['a/st.cmd', 'b/st.cmd']],
  ['x.cmd', ['x.cmd']],
  ['odd[1].cmd', ['odd[1].cmd']],
  ['none/*.cmd', ['none/*.cmd']],
])('%s finds %j', async (word, expected) => {
  expect(await findScripts(word, cwd)).toEqual(expected)
})
