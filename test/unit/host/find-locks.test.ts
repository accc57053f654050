import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findLocks } from '../../../src/host/find-locks.ts'

const folder = mkdtempSync(join(tmpdir(), 'locks-'))
afterAll(() => rmSync(folder, { recursive: true }))
for (const name of ['b/st.cmd.lock', 'a/st.cmd.lock', 'a/node_modules/x/st.cmd.lock', 'a/st.cmd']) {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), '')
}
symlinkSync(folder, join(folder, 'a/round'))

test.each([
  ['**/*.lock', ['a/st.cmd.lock', 'b/st.cmd.lock']],
  ['b/st.cmd.lock', ['b/st.cmd.lock']],
  [`${folder}/a/*.lock`, ['a/st.cmd.lock']],
  ['nowhere/*.lock', []],
  ['{a,b}/st.cmd.lock', ['a/st.cmd.lock', 'b/st.cmd.lock']],
])('%s', async (pattern, expected) => {
  const found = await findLocks(pattern, folder)
  expect(found).toEqual(expected.map((name) => join(folder, name)))
})
