import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { repository } from '../support/machine.ts'

const cwd = mkdtempSync(join(tmpdir(), 'e3-msi-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const files = {
  't.template': 'record(ai, "$(P)$(M)") {\n  field(DESC, "$(D=none)")\n}\n',
  'x.substitutions': 'file "$(DIR)/t.template" {\n  {P=a:, M=1}\n  {P=b:}\n}\n',
  'bad.substitutions': 'file t.template {\n  {P=a:, M=1}\n  {P={}}\n}\n',
}
for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)

function msi(args: readonly string[], input: Buffer | string = '') {
  const env = { ...process.env, DIR: '.' }
  const { stdout, stderr, status } = spawnSync(join(repository, 'bin/e3'), ['msi', ...args], {
    ...{ cwd, env, input },
  })
  return { stdout, stderr: stderr.toString(), status }
}

test('a file of substitutions goes to the file of -o', () => {
  expect(msi(['-o', 'out.db', '-Sx.substitutions', '-MM=2']).status).toBe(0)
  expect(readFileSync(join(cwd, 'out.db'), 'utf8')).toBe(
    'record(ai, "a:1") {\n  field(DESC, "none")\n}\nrecord(ai, "b:2") {\n  field(DESC, "none")\n}\n',
  )
})

test('what is written half is removed', () => {
  writeFileSync(join(cwd, 'half.db'), 'old')
  const { status, stderr } = msi(['-ohalf.db', '-S', 'bad.substitutions'])
  expect(stderr).toContain('bad.substitutions:3:6: error[SUBSTITUTION_SYNTAX]')
  expect(status).toBe(1)
  expect(existsSync(join(cwd, 'half.db'))).toBe(false)
  expect(readdirSync(cwd).filter((name) => name.endsWith('~'))).toEqual([])
})

test('what is cut is told on stderr; output and status are those of msi', () => {
  writeFileSync(join(cwd, 'cut.template'), 'a\nfield(DESC, "$(L)")\n')
  const { status, stdout, stderr } = msi([`-ML=${'x'.repeat(300)}`, 'cut.template'])
  expect(stdout.toString()).toBe(`a\nfield(DESC, "${'x'.repeat(256)}")\n`)
  expect(stderr).toContain(
    'cut.template:2:14: warning[MACRO_CUT]: macro L is longer than 256 bytes',
  )
  expect(status).toBe(0)
})

test('an undefined macro is shown with the set that lacks it', () => {
  const { status, stdout, stderr } = msi(['-V', '-S', 'x.substitutions'])
  expect(stdout.toString()).toContain('record(ai, "b:$(M,undefined)")')
  expect(stderr).toContain('./t.template:1:17: error[MACRO_UNDEFINED]: macro M is undefined')
  expect(stderr).toContain('x.substitutions:3:3: for this set')
  expect(status).toBe(2)
})

test('a file without a name is not there', () => {
  const { status, stderr } = msi([], 'include ""\n')
  expect(status).toBe(1)
  expect(stderr).toContain(
    'stdin:1:10: error[FILE_NOT_FOUND]: cannot open the file: its name is empty',
  )
})

test('bytes of any encoding pass from standard input to standard output', () => {
  const { stdout, status } = msi(['-M', 'A=é'], Buffer.from('\xb0C $(A)\xff\n$(B)', 'latin1'))
  expect(stdout.toString('latin1')).toBe('\xb0C \xc3\xa9\xff\n$(B)')
  expect(status).toBe(0)
})

test('a rule for make names all files, the target is not touched', () => {
  const { stdout } = msi(['-D', '-otarget.db', '-S', 'x.substitutions'])
  expect(stdout.toString()).toBe('target.db: ./t.template\n')
  expect(existsSync(join(cwd, 'target.db'))).toBe(false)
})

test.each([
  [['-x'], 'error[OPTION_UNKNOWN]: there is no option -x'],
  [['-M'], 'error[OPTION_VALUE]: option -M needs a value'],
  [['t.template', '-V'], 'error[OPTION_VALUE]: only one template can stand behind the options'],
  [['-o', 'no/where', 't.template'], 'error[FILE_UNWRITABLE]: cannot write no/where'],
  [['-Ino', 't.template'], 'no such file or directory (searched in no)'],
  [['-S', 'no.substitutions'], 'error[FILE_NOT_FOUND]'],
  [['.'], 'error[FILE_NOT_FOUND]: cannot open .: it is a directory\n'],
])('%j: %s', (args, message) => {
  const { status, stdout, stderr } = msi(args)
  expect(stderr).toContain(message)
  expect(stdout.toString()).toBe('')
  expect(status).toBe(1)
})

test('-h prints the options', () => {
  const { status, stdout } = msi(['-h'])
  expect(stdout.toString()).toMatch(/-M LIST/)
  expect(status).toBe(0)
})

test('bytes of arguments that are no UTF-8', () => {
  writeFileSync(join(cwd, 'bytes.template'), '$(A) $(B)\n')
  const program = join(repository, 'bin/e3')
  // Node gives arguments to programs as UTF-8; a shell makes the bytes.
  const script = 'exec "$0" msi "$(printf -- "-MA=\\351")" -MB=\u00e9 bytes.template'
  const { stdout } = spawnSync('sh', ['-c', script, program], { cwd })
  expect(stdout.toString('latin1')).toBe('\u00e9 \u00c3\u00a9\n')
})
