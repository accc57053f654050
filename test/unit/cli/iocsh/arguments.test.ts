import { expect, test } from 'vitest'
import { expandArguments } from '../../../../src/cli/iocsh/argument-source.ts'
import { parseArguments } from '../../../../src/cli/iocsh/arguments.ts'

const files: Record<string, string> = {
  args: "-r asyn\n# comment\n-c 'echo hello world'\n@more\n",
  more: 'st.cmd',
  loop: '@loop',
  quote: "-c 'dbl",
}

function parse(...words: string[]) {
  const { value, diagnostics } = expandArguments(words, (path) => {
    const text = files[path]
    return text === undefined ? { reason: 'no such file or directory' } : { name: path, text }
  })
  const parsed = parseArguments(value)
  return { ...parsed.value, diagnostics: [...diagnostics, ...parsed.diagnostics] }
}

function actionsOf(...words: string[]): string[] {
  return parse(...words).request.actions.map((action) => {
    switch (action.kind) {
      case 'environment':
        return `${action.name}:=${action.value}`
      case 'file': {
        const macros = action.macros.map(({ name, value }) => `${name}=${value}`)
        return [action.isDatabase ? 'database' : 'file', action.path, ...macros].join(' ')
      }
      default:
        return `${action.kind} ${action.text}`
    }
  })
}

test.each<[string[], string[]]>([
  [['st.cmd'], ['file st.cmd']],
  [['-r', 'asyn,4.42.0'], ['require asyn,4.42.0']],
  [['--require=asyn'], ['require asyn']],
  [
    ['-c', 'dbl', 'st.cmd', '-c', 'dbpr x'],
    ['command dbl', 'file st.cmd', 'command dbpr x'],
  ],
  [
    ['A=1', 'st.cmd', 'P=x', 'Q=', '-c', 'a', 'B=2'],
    ['A:=1', 'file st.cmd P=x Q=', 'command a', 'B:=2'],
  ],
  [['URL=http://x?a=b'], ['URL:=http://x?a=b']],
  [
    ['a.db', 'P=1', 'b.db', 'P=2'],
    ['file a.db P=1', 'file b.db P=2'],
  ],
  [['-d', 'x.txt', 'P=1'], ['database x.txt P=1']],
  [['-s', 'prog a=b'], ['sequencer prog a=b']],
  [['@args'], ['require asyn', 'command echo hello world', 'file st.cmd']],
  [['-dg', 'st.cmd'], ['file st.cmd']],
  [['-dg', '-batch', 'st.cmd'], ['file st.cmd']],
  [['-dg', '-rt', 'st.cmd'], ['file st.cmd']],
  [[], []],
])('%j: %j', (words, expected) => {
  expect(actionsOf(...words)).toEqual(expected)
  expect(parse(...words).diagnostics).toEqual([])
})

test.each<[string[], object]>([
  [['-dg', '-batch -ex run'], { tool: { kind: 'gdb', arguments: { text: '-batch -ex run' } } }],
  [['-dg', '--dgarg=--args'], { tool: { kind: 'gdb', arguments: { text: '--args' } } }],
  [['--trace'], { tool: { kind: 'strace' } }],
  [['-dv'], { tool: { kind: 'valgrind' } }],
  [['-rt', '-i', '-S', '--debug'], { realtime: true, init: false, noShell: true, debug: true }],
  [['-l', '/a', '-l', '/b'], { modulePaths: [{ text: '/a' }, { text: '/b' }] }],
  [['-n', 'LAB:X', '--base', '/b'], { iocName: { text: 'LAB:X' }, base: { text: '/b' } }],
])('%j asks for %j', (words, expected) => {
  expect(parse(...words).request).toMatchObject(expected)
})

test.each<[string[], object]>([
  [['--dry-run'], { mode: 'dry-run' }],
  [['-?'], { mode: 'help' }],
  [['-v'], { mode: 'version' }],
  [['--format', 'json', '--quiet'], { format: 'json', quiet: true }],
  [['--format=github'], { format: 'github' }],
  [['st.cmd'], { lock: { kind: 'beside' } }],
  [['--no-lock'], { lock: { kind: 'none' } }],
  [['--ignore-lock'], { lock: { kind: 'none' } }],
  [['--lock', 'x'], { lock: { kind: 'named', file: { text: 'x' } } }],
])('%j answers %j', (words, expected) => {
  expect(parse(...words)).toMatchObject(expected)
})

test.each<[string[], string, number]>([
  [['-x'], 'OPTION_UNKNOWN', 6],
  [['st.cmd', '--requir', 'asyn'], 'OPTION_UNKNOWN', 13],
  [['-l=/path'], 'OPTION_UNKNOWN', 6],
  [['-r'], 'OPTION_VALUE', 6],
  [[''], 'OPTION_VALUE', 6],
  [['-c', '-i'], 'OPTION_VALUE', 6],
  [['--no-init=1'], 'OPTION_VALUE', 6],
  [['--format', 'xml'], 'OPTION_VALUE', 15],
  [['-dg', '-dv'], 'OPTION_VALUE', 10],
  [['--trace', '-e "a b'], 'OPTION_VALUE', 14],
  [['-l', ''], 'OPTION_VALUE', 9],
  [['-d', ''], 'OPTION_VALUE', 9],
  [['--base='], 'OPTION_VALUE', 13],
  [['--lock', ''], 'OPTION_VALUE', 13],
  [['@nosuch'], 'ARGUMENT_FILE', 6],
  [['@loop'], 'ARGUMENT_FILE', 0],
  [['@quote'], 'ARGUMENT_FILE', 3],
])('%j: %s', (words, code, start) => {
  const [found] = parse(...words).diagnostics
  expect({ code: found?.code, start: found?.at?.start }).toEqual({ code, start })
})

test('a misspelled option is answered with the nearest one', () => {
  expect(parse('--requir').diagnostics[0]?.hint).toBe('did you mean "--require"?')
  expect(parse('--nolock').diagnostics[0]?.hint).toContain('dbThreadRealtimeLock')
})
