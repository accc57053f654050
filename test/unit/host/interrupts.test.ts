import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '../../../src/host/interrupts.ts')

/** What a program prints that is told to end, and the signal that has ended it. */
function interrupted(statements: string): readonly [string, NodeJS.Signals | null] {
  const code = `import(${JSON.stringify(source)}).then(async ({ onInterrupt }) => {
    const later = (text, time) => (signal) =>
      new Promise((done) => setTimeout(() => { console.log(text, signal); done() }, time))
    ${statements}
    setTimeout(() => console.log('never'), 20_000)
    process.kill(process.pid, 'SIGTERM')
  })`
  const { stdout, signal } = spawnSync(process.execPath, ['--import', 'tsx', '-e', code], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  return [stdout, signal]
}

test.each([
  ['all are waited for', "onInterrupt(later('a', 200)); onInterrupt(later('b', 1))", 'b a'],
  [
    'one that fails does not keep the others from it',
    "onInterrupt(() => { throw new Error('no') }); onInterrupt(later('a', 50))",
    'a',
  ],
  ['not those who have released', "onInterrupt(later('a', 1))(); onInterrupt(later('b', 1))", 'b'],
])('%s', (_, statements, names) => {
  const lines = names.split(' ').map((name) => `${name} SIGTERM\n`)
  expect(interrupted(statements)).toEqual([lines.join(''), 'SIGTERM'])
})

test('once all have released, a signal ends the program as ever', () => {
  expect(interrupted("onInterrupt(later('a', 1))()")).toEqual(['', 'SIGTERM'])
})
