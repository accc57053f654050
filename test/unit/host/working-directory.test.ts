import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workingDirectory } from '../../../src/host/working-directory.ts'

test('the working directory', () => {
  expect(workingDirectory()).toBe(process.cwd())
})

test('one that was removed still has its path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gone-'))
  const file = join(import.meta.dirname, '../../../src/host/working-directory.ts')
  const program = join(import.meta.dirname, '../../../node_modules/esbuild/bin/esbuild')
  const code = execFileSync(program, [file, '--format=cjs'], { encoding: 'utf8' })
  const script = 'cd "$1" && rmdir "$1" && exec "$2" -e "$3"'
  const print = `${code}\nconsole.log(module.exports.workingDirectory())`
  const args = ['-c', script, 'sh', folder, process.execPath, print]
  expect(execFileSync('sh', args, { encoding: 'utf8' }).trim()).toBe(folder)
})
