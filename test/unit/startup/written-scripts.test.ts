import { expect, test } from 'vitest'
import { formatPlace } from '../../../src/text/span.ts'
import { walkedIoc } from '../../support/walked-ioc.ts'

function found(files: Record<string, string>): string[] {
  const diagnostics = walkedIoc({ files }).ioc.outcome?.diagnostics ?? []
  return diagnostics.map(({ code, severity, at }) =>
    [severity, code, at ? formatPlace(at) : ''].join(' '),
  )
}

test.each<[string, string, string[]]>([
  ['a redirection', 'echo "A=1" > gen.cmd', ['warning SCRIPT_WRITTEN st.cmd:2:1']],
  ['what a program prints', 'system "sh x>gen.cmd"', ['warning SCRIPT_WRITTEN st.cmd:2:1']],
  ['a program', 'system \'x -o "a b/gen.cmd"\'', ['warning SCRIPT_WRITTEN st.cmd:2:1']],
  ['a program of another file', 'system "date > regen.cmd gen.cmd2"', []],
  ['nobody', 'dbl > log', []],
])('a script that is read behind a line that writes it: %s', (_what, line, expected) => {
  for (const read of ['< gen.cmd', 'iocshLoad gen.cmd']) {
    expect(found({ 'st.cmd': `${line}\n${read}\n`, 'gen.cmd': 'dbl\n' })).toEqual(expected)
  }
})

test('a script that was read before it is written is as it is', () => {
  const text = '< gen.cmd\necho > gen.cmd\n'
  expect(found({ 'st.cmd': text, 'gen.cmd': 'require a\n' })).toEqual([])
})

const write = 'echo "epicsEnvSet X a" > gen.cmd'

test.each<[string, string, string, string[]]>([
  ['it requires', '', 'require a\n', ['gen.cmd:1:1']],
  ['a script that it loads requires', '', 'iocshLoad other.cmd\n', ['other.cmd:1:1']],
  ['a variable of it', 'require $(X)', 'epicsEnvSet X a\n', ['st.cmd:3:1']],
  ['a default that uses one', 'require $(Z=$(X))', 'epicsEnvSet X a\n', ['st.cmd:3:1']],
  ['one made of it', 'epicsEnvSet Y $(X)\nrequire $(Y)', 'epicsEnvSet X a\n', ['st.cmd:4:1']],
  ['a variable that is set again', 'epicsEnvSet X b\nrequire $(X)', 'epicsEnvSet X a\n', []],
  ['something else', 'require a', 'epicsEnvSet X a\n', []],
])('what is required with a written script: %s', (_what, lines, text, places) => {
  const files = { 'st.cmd': `${write}\n< gen.cmd\n${lines}\n`, 'gen.cmd': text }
  expect(found({ ...files, 'other.cmd': 'require a\n' })).toEqual([
    'warning SCRIPT_WRITTEN st.cmd:2:1',
    ...places.map((place) => `error REQUIRE_UNKNOWN ${place}`),
  ])
})

test('a line that writes require lines is an error, whether the script is there or not', () => {
  const files = { 'st.cmd': 'system "echo require a > gen.cmd"\n< gen.cmd\n' }
  expect(found(files)).toContain('error REQUIRE_UNKNOWN st.cmd:2:1')
  expect(found({ ...files, 'gen.cmd': 'dbl\n' })).toEqual(['error REQUIRE_UNKNOWN st.cmd:2:1'])
})

test('a program that perhaps only reads a script changes nothing', () => {
  const files = { 'st.cmd': 'system "grep require gen.cmd"\n< gen.cmd\n', 'gen.cmd': 'require a\n' }
  expect(found(files)).toEqual(['warning SCRIPT_WRITTEN st.cmd:2:1'])
})
