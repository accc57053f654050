import { expect, test } from 'vitest'
import { finalCommand, launchFileText } from '../../../src/startup/launch-file.ts'
import type { Tool } from '../../../src/startup/request.ts'

const command = ['/b/softIocPVA', '-D', '/b/x.dbd', "/run/it's/startup.cmd"]

function tool(kind: Tool['kind'], text?: string): Tool {
  if (text === undefined) return { kind }
  const at = { source: { name: '<command line>', text }, start: 0, end: text.length }
  return { kind, arguments: { text, at } }
}

test.each<[Tool | undefined, boolean, string[]]>([
  [undefined, false, []],
  [undefined, true, ['chrt', '--fifo', '1']],
  [tool('gdb'), false, ['gdb', '--eval-command', 'run', '--args']],
  [tool('gdb', '-batch --args'), false, ['gdb', '-batch', '--args']],
  [tool('gdb', "-ex 'bt full'"), false, ['gdb', '-ex', 'bt full', '--args']],
  [tool('valgrind'), false, ['valgrind', '--leak-check=full']],
  [tool('valgrind', '--tool=callgrind'), false, ['valgrind', '--tool=callgrind']],
  [tool('strace'), true, ['chrt', '--fifo', '1', 'strace', '-f']],
])('under %j, realtime %s', (under, realtime, prefix) => {
  expect(finalCommand({ command, realtime, tool: under })).toEqual([...prefix, ...command])
})

test('the launch file quotes everything and ends with exec', () => {
  const environment = new Map([['A', "x'; rm -rf $HOME `date`"]])
  const text = launchFileText({ environment, command, realtime: true }, '/iocs/$lab')
  expect(text).toContain("|| cd -- '/iocs/$lab' || exit\n")
  expect(text).toContain("export A='x'\\''; rm -rf $HOME `date`'\n")
  expect(text).toContain('export LD_BIND_NOW=1\n')
  expect(text.trimEnd().split('\n').at(-1)).toBe(
    "exec chrt --fifo 1 /b/softIocPVA -D /b/x.dbd '/run/it'\\''s/startup.cmd'",
  )
})
