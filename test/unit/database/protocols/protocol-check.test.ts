import { expect, test } from 'vitest'
import { protocolProblem } from '../../../../src/database/protocols/protocol-check.ts'
import { readProtocolFile } from '../../../../src/database/protocols/protocol-file.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

/** What is wrong with protocol `get`, and the text at its place. */
function problem(text: string): string | undefined {
  const file = readProtocolFile({ name: 'x.proto', text })
  const protocol = file.protocols.get('get')
  if (file.problem || !protocol) throw new Error(file.problem?.message ?? 'no protocol get')
  const found = protocolProblem(protocol, file)
  return found && `${text.slice(found.at.start, found.at.end)}: ${found.message}`
}

const undefinedX = 'no variable x is set in protocol get, or in front of it'

// What StreamDevice 2.8.26 says to each of them in an IOC.
test.each([
  ['get { outt "A"; }', 'outt: there is no command outt'],
  ['get { out A; }', 'A: a is neither a byte nor in quotes'],
  ['get { out 300; }', '300: 300 is no byte'],
  ['get { out skip; }', 'skip: skip is for input only'],
  ['get { out $x; }', `$x: ${undefinedX}`],
  ['get { out "a\\$x b"; }', `"a\\$x b": ${undefinedX}`],
  ['get { out "a\\${X}"; }', `"a\\\${X}": ${undefinedX}`],
  ['get { out $x; } x = 1;', `$x: ${undefinedX}`],
  ['a { x = 1; out $x; } get { a; }', `$x: ${undefinedX}`],
  ['get { in "%q"; }', '"%q": there is no converter "q": format "%q"'],
  ['get { in "a%"; }', '"a%": format "%" has no converter'],
  ['get { out "%*d"; }', '"%*d": "*" in format "%*d" is for input only'],
  ['get { in "%.3f"; }', '"%.3f": a precision is for output only: format "%.3f"'],
  ['get { wait abc; }', 'abc: wait is a number, not abc'],
  ['get { wait; }', 'wait: wait needs a time in milliseconds'],
  ['get { disconnect 5; }', '5: disconnect takes nothing'],
  ['get { out "b"; @foo { out "b"; } }', '@foo: there is no handler @foo'],
  ['@foo { } get { out "b"; }', '@foo: there is no handler @foo'],
  ['@init { outt "A"; } get { out "b"; }', 'outt: there is no command outt'],
  ['get { nosuch; }', 'nosuch: there is no command nosuch'],
  ['get { get; }', 'get: protocol get is not defined in front of this'],
  ['get { set; } set { out "A"; }', 'set: protocol set is not defined in front of this'],
  ['a { b; } b { a; } get { a; }', 'b: protocol b is not defined in front of this'],
  ['get { ReplyTimeout = "x"; out "A"; }', '"x": variable replytimeout is a number, not "x"'],
  ['MaxInput = abc; get { out "A"; }', 'abc: variable maxinput is a number, not abc'],
  ['Terminator = CRLF; get { out "A"; }', 'CRLF: crlf is neither a byte nor in quotes'],
])('%s', (text, expected) => {
  expect(problem(text)).toBe(expected)
})

test.each([
  'x = 5; get { out $x; }',
  'get { out $x; x = 5; }',
  'x = $1; get { x = 2; out "a\\$x" $2; }',
  'get { out "A", 0x0d, -1, 015, CR LF ETX; in skip "%f" ?; }',
  'get { disconnect; connect 1000; wait 5; wait $1; event(1); event(0x3) 100; exec "dbl"; }',
  'a { out "x"; } get { a; @mismatch { a; } }',
  'get { @init { out "A"; } @ReadTimeout { } @writetimeout { } @replytimeout { } @mismatch { } }',
  'get { out "A"; } a { b; }',
  'get { out "100%% %5.2f %-10s %#x %{a|%b} %q"; in "%=.3f %*d %?d %[a-z%q] \\%q %(VAL)f"; }',
  'get { in "%(\\$1.VAL)f %" "d"; out "%\\$1d"; in "%/a%q/"; in "%!3c"; out "%<sum>"; in "%T(%q)"; }',
  'get { Separator = ", "; InTerminator = CR LF; OutTerminator = ; Other = any text; out "a"; }',
  'get { } @foo { }',
])('nothing is said: %s', (text) => {
  expect(problem(text)).toBeUndefined()
})

test('an error goes before what another library may add', () => {
  expect(problem('get { in "%q"; outt "x"; }')).toContain('outt')
})

test('what many protocols stand for is looked at once', () => {
  const chain = Array.from({ length: 60 }, (_, n) => `p${n + 1} { p${n}; p${n}; }`).join('\n')
  const text = `p0 { out "x"; }\n${chain}\nget { p60; p60; }`
  expect(processorTime(() => expect(problem(text)).toBeUndefined())).toBeLessThan(soon)
})
