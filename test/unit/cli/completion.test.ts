import { Command, Option } from 'commander'
import { expect, test } from 'vitest'
import {
  type CompletionSources,
  completeE3,
  completeIocsh,
  completeWord,
} from '../../../src/cli/completion.ts'

const sources: CompletionSources = {
  modules: () => ['asyn', 'simdevice', 'simramp'],
  versions: (module) => (module === 'asyn' ? ['4.42.0', '4.41.0'] : []),
  bases: () => ['7.0.8', '7.0.9'],
}

/** The last word is the one that is being typed. */
const typed = (words: readonly string[]) => ({
  before: words.slice(0, -1),
  current: words.at(-1) ?? '',
})

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
  const found = completeWord(typed(['iocsh', ...words]), (at) => completeIocsh(at, sources))
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
  const found = completeWord(typed(['e3', ...words]), (at) => completeE3(at, program, sources))
  expect(found).toEqual(expected)
})
