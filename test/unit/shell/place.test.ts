import { expect, test } from 'vitest'
import { inRaw, placeIn, placeOfWord } from '../../../src/shell/place.ts'
import { createShell } from '../../../src/shell/shell.ts'
import type { CommandCall, ScriptLine, ScriptRun } from '../../../src/shell/types.ts'
import { originsOf, type Span } from '../../../src/text/span.ts'

/** The calls of commands in a script and in `sub`, which it may load. */
function callsOf(text: string, sub = '', continuation = false): CommandCall[] {
  const calls: CommandCall[] = []
  const shell = createShell({
    continuation,
    environment: new Map([
      ['LONG', 'x y'],
      ['E', ''],
    ]),
    host: {
      readScript: (name) => ({ name, text: sub }),
      command(call) {
        calls.push(call)
        return 'ok'
      },
    },
  })
  shell.runSource({ name: 'st.cmd', text })
  return calls
}

function shown({ source, start, end }: Span): string {
  return source.text.slice(start, end)
}

test.each([
  ['#\n  a "b c"\n', ['a', '"b c"']],
  ['$(E)a $(LONG) b\n', ['a', '$(LONG)', '$(LONG)', 'b']],
  ['a p$(LONG)q\n', ['a', 'p$(LONG)', '$(LONG)q']],
  ["a '$(LONG)' $(E)\n", ['a', "'$(LONG)'"]],
])('the words of %j', (text, expected) => {
  const [call] = callsOf(text)
  expect(call?.words.map((word) => call && shown(placeOfWord(call.line, word)))).toEqual(expected)
})

test('over a joint of lines', () => {
  const [call] = callsOf('a b\\\n  c \\\nd\n', '', true)
  expect(call?.words.map((word) => call && shown(placeOfWord(call.line, word)))).toEqual([
    'a',
    'b',
    'c',
    'd',
  ])
})

test('a line without its blanks, and the chain of lines that led to it', () => {
  const [call] = callsOf('  iocshLoad sub X=1\n', "\n\tiocshRun 'a'  \n")
  const place = call && placeIn(call.line)
  expect(place && shown(place)).toBe('a')
  const chain = place ? [...originsOf(place)] : []
  expect(chain.map(({ message, at }) => [message, at.source.name, shown(at)])).toEqual([
    ['run here', 'sub', "iocshRun 'a'"],
    ['loaded here', 'st.cmd', 'iocshLoad sub X=1'],
  ])
})

test('offsets of the raw line', () => {
  const [call] = callsOf('#\na $(LONG)\n')
  expect(call && shown(inRaw(call.line, 2, 9))).toBe('$(LONG)')
})

test('the chain of a script that is deeper than any stack', () => {
  const source = { name: 'st.cmd', text: '< st.cmd' }
  const { text } = source
  const lineOf = (run: ScriptRun): ScriptLine => ({
    ...{ run, number: 1, raw: text, text, start: 0, end: text.length, terminated: true },
  })
  let run: ScriptRun = { kind: 'top', source, path: 'st.cmd', redirections: [], depth: 0 }
  for (let depth = 1; depth <= 20_000; depth++) {
    run = { ...run, kind: '<', depth, parent: lineOf(run) }
  }
  expect([...originsOf(placeIn(lineOf(run)))]).toHaveLength(20_000)
})
