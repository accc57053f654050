import { expect, test } from 'vitest'
import { readProtocolFile } from '../../../../src/database/protocols/protocol-file.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

function summary(text: string): string {
  const { protocols, problem } = readProtocolFile({ name: 'x.proto', text })
  const names = Array.from(protocols.values(), (one) => {
    const { name, needed, mentioned } = one
    return `${name} ${needed}/${mentioned}`
  })
  const wrong = problem && `${problem.at.start}: ${problem.message}`
  return [...names, ...(wrong ? [wrong] : [])].join('; ')
}

test.each([
  ['', ''],
  ['# comment "\n', ''],
  ['Terminator = CR LF;\nGet { out "A?"; in "%f"; }', 'Get 0/0'],
  ['a{out"x"}b{out"y"}', 'a 0/0; b 0/0'],
  ['a { out "x \\$1", $2; }', 'a 2/2'],
  ['a { out "100 \\\\$1"; }', 'a 0/0'],
  ["a { in '%{OFF|ON}'; # } \"\n }", 'a 0/0'],
  ['a { x = $3; out "y"; @mismatch { in "\\$4"; } }', 'a 4/4'],
  ['a { x = "\\$3"; out "y"; }', 'a 0/3'],
  ['g = $2; a { out "y"; }', 'a 0/2'],
  ['a { out $2; } b { A; }', 'a 2/2; b 2/2'],
  ['a { out "x"; @init { out $2; } } b { a; }', 'a 2/2; b 0/0'],
  ['@mismatch { in "ERR"; } a { out "x"; }', 'a 0/0'],
  ['@mismatch { in "ERR" } a { out "x"; @init { out "y" } }', 'a 0/0'],
  ['a { out "x"; } @init { out $2; } b { out "x"; }', 'a 0/0; b 2/2'],
  ['@init { a { } }', '8: protocol a stands in handler @init: a "}" is missing'],
  ['@init { out "x"; ', '0: handler @init has no "}"'],
  ['a { out ${name} $name; }', 'a 0/0'],
  ['a { event(3) 100; wait 5; }', 'a 0/0'],
  ['a { out "x; }', '8: the quote is not closed on its line'],
  ['a { out "x"; ', '0: protocol a has no "}"'],
  ['a { out "x"; } }', 'a 0/0; 15: there is no "{" for this "}"'],
  ['a { b { } }', '4: protocol b stands in protocol a: a "}" is missing'],
  ['a { @x { @y { } } }', '9: handler @y stands in another handler'],
  ['a {} A {}', 'a 0/0; 5: protocol A is defined a second time'],
  ['a b {}', '2: a name and nothing else must stand in front of "{"'],
  ['{}', '0: a name and nothing else must stand in front of "{"'],
  ['a;', '0: "=" or "{" is missing behind a'],
  ['a { @init { x = 1; } }', '12: handlers cannot set variables: x'],
  ['a { @init; }', '4: "{" is missing behind @init'],
  ['@x = 1;', '0: no variable begins with "@": @x'],
  ['a { "x"; }', '4: no statement begins with "x"'],
  ['a { out x = "y"; }', '10: "=" cannot stand here: ";" is missing in front, or quotes'],
  ['x = $y;', '4: no variable y is set in front of this, outside of protocols'],
  ['a { y = 1; x = "\\$y"; }', '15: no variable y is set in front of this, outside of protocols'],
  ['y = 1; x = $y+1 ${Y}; a { }', 'a 0/0'],
  ['t = CR', '0: the last statement has no ";"'],
])('%j', (text, expected) => {
  expect(summary(text)).toBe(expected)
})

test('long files take time in proportion', () => {
  const text = 'a { out "x $1"; '.repeat(100_000)
  const other = `a { ${'out "x \\$1" $2; '.repeat(100_000)}`
  for (const one of [text.replaceAll('{', ''), other]) {
    const read = () => readProtocolFile({ name: 'x.proto', text: one })
    expect(processorTime(read)).toBeLessThan(soon)
  }
})
