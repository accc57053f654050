import { Command, Option } from 'commander'
import { expect, test } from 'vitest'
import {
  type CompletionSources,
  completeE3,
  completeIocsh,
  type TypedWords,
  typedWords,
} from '../../../src/cli/completion.ts'

const sources: CompletionSources = {
  modules: () => ['asyn', 'simdevice', 'simramp'],
  versions: (module) => (module === 'asyn' ? ['4.42.0', '4.41.0'] : []),
  bases: () => ['7.0.8', '7.0.9'],
}

/** The last word is the one that is being typed. */
function completed(words: readonly string[], complete: (typed: TypedWords) => string[]): string[] {
  const typed = typedWords(words, words.length - 1)
  return complete(typed).map((word) => `${typed.prefix ?? ''}${word}`)
}

test.each<[string[], string[]]>([
  [
    ['-r', 'sim'],
    ['simdevice', 'simramp'],
  ],
  [['-r', 'asyn,4.41'], ['asyn,4.41.0']],
  [['--require', '=', 'simr'], ['simramp']],
  [['--require=simr'], ['--require=simramp']],
  [
    ['--check', ''],
    ['errors', 'all'],
  ],
  [
    ['--check', '='],
    ['errors', 'all'],
  ],
  [['--check=a'], ['--check=all']],
  [['--format', 'j'], ['json']],
  [
    ['--base', ''],
    ['7.0.8', '7.0.9'],
  ],
  [['-n', ''], []],
  [['-l', ''], []],
  [['-dg', '--dry'], ['--dry-run']],
  [['st.cmd', '--no-l'], ['--no-lock']],
  [['st.c'], []],
])('iocsh %j', (words, expected) => {
  const found = completed(['iocsh', ...words], (at) => completeIocsh(at, sources))
  expect(found).toEqual(expected)
})

const format = () => new Option('--format <format>').choices(['text', 'json'])
const program = new Command('e3').addOption(format())
program.command('check').argument('[files...]').option('--fix')
program
  .command('records')
  .addOption(new Option('-f, --format <format>').choices(['csv']))
  .option('--base <directory>')
program.command('info').argument('[module]')

test.each<[string[], string[]]>([
  [['ch'], ['check']],
  [
    ['--format', ''],
    ['text', 'json'],
  ],
  [
    ['check', '--format', ''],
    ['text', 'json'],
  ],
  [['check', '--format=t'], ['--format=text']],
  [['records', '--format', ''], ['csv']],
  [['records', '-f', ''], ['csv']],
  [['records', '--base', '7.0.9'], ['7.0.9']],
  [['check', '--f'], ['--fix']],
  [['info', 'simr'], ['simramp']],
])('e3 %j', (words, expected) => {
  const found = completed(['e3', ...words], (at) => completeE3(at, program, sources))
  expect(found).toEqual(expected)
})

test.each([
  [['iocsh', '-r', 'a'], ['iocsh', '-r'], 'a', undefined],
  [['iocsh', '--require', '=', 'a'], ['iocsh', '--require'], 'a', undefined],
  [['iocsh', '--require', '='], ['iocsh', '--require'], '', undefined],
  [['iocsh', '--require=a,1=2'], ['iocsh', '--require'], 'a,1=2', '--require='],
  [['iocsh', '--module-path=/m', '-r', ''], ['iocsh', '--module-path', '/m', '-r'], '', undefined],
  [['iocsh', '--base', '=', '/b', '-r', ''], ['iocsh', '--base', '/b', '-r'], '', undefined],
  [['iocsh', 'NAME', '=', 'v'], ['iocsh', 'NAME', '='], 'v', undefined],
  [['iocsh', 'NAME=v'], ['iocsh'], 'NAME=v', undefined],
])('%j', (words, before, current, prefix) => {
  const typed = typedWords(words, words.length - 1)
  expect([typed.before, typed.current, typed.prefix]).toEqual([before, current, prefix])
})
