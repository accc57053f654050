import { expect, test } from 'vitest'
import { askProgram } from '../../../src/host/ask-program.ts'

test.each([
  ['answers', 'echo one; echo two; echo three >&2', { exitCode: 0, stdout: 'one\ntwo\n' }],
  ['reads a stdin that is empty', 'cat; echo end', { exitCode: 0, stdout: 'end\n' }],
  ['fails', 'echo half; exit 3', { exitCode: 3, stdout: 'half\n' }],
  ['ends by a signal', 'kill -9 $$', { exitCode: undefined, stdout: '' }],
  ['sees the environment that it is given', 'echo "$E3_ASKED"', { exitCode: 0, stdout: 'yes\n' }],
  ['runs where it is told', 'pwd', { exitCode: 0, stdout: '/\n' }],
])('a program that %s', async (_, script, answer) => {
  const question = { env: { PATH: process.env['PATH'], E3_ASKED: 'yes' }, cwd: '/' }
  expect(await askProgram(['/bin/sh', '-c', script], question)).toEqual(answer)
})

test.each([
  ['a program that is not there', ['no-such-program'], '/'],
  ['a folder that is not there', ['true'], '/no/such/folder'],
  ['more words than the system takes', ['echo', 'x'.repeat(3_000_000)], '/'],
] as const)('%s: no answer', async (_, [program, ...words], cwd) => {
  const answer = await askProgram([program, ...words], { env: process.env, cwd })
  expect(answer).toEqual({ exitCode: undefined, stdout: '' })
})
