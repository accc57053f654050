import { PassThrough } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { collectOutput } from '../../../src/host/ioc-output.ts'

test('lines of two streams stay whole, unfinished ones stand at the end', async () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const output = collectOutput([stdout, stderr], (line) => line)
  const print = async (stream: PassThrough, text: string | Buffer) => {
    stream.write(text)
    await turn()
  }
  await print(stdout, 'one ')
  await print(stderr, 'ERROR two\nthr')
  await print(stdout, 'line\nprompt> ')
  expect(output.text()).toBe('ERROR two\none line\nprompt> \nthr')
  stderr.end()
  await turn()
  expect(output.text()).toBe('ERROR two\none line\nthr\nprompt> ')
})

test('a character that arrives in two parts', async () => {
  const stream = new PassThrough()
  const output = collectOutput([stream], (line) => line)
  const bytes = Buffer.from('23 °C\n')
  for (const at of [0, 4]) {
    stream.write(bytes.subarray(at, at === 0 ? 4 : undefined))
    await turn()
  }
  expect(output.text()).toBe('23 °C\n')
})

test('lines may be changed and dropped', async () => {
  const stream = new PassThrough()
  const output = collectOutput([stream], (line) => (line === 'drop' ? undefined : `[${line}]`))
  stream.end('keep\ndrop\nrest')
  await turn()
  expect(output.text()).toBe('[keep]\n[rest]\n')
})
