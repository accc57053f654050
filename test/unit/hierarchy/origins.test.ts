import { expect, test } from 'vitest'
import { formatPlace, originsOf } from '../../../src/text/span.ts'
import { type FlatSettings, flattenTexts } from '../../support/hierarchy.ts'

const files = {
  'main.vdb': [
    '# first',
    'record(calc, "$(P)in") {',
    '  field(INPA, "$(a.out)")',
    '  # inside',
    "  field(INPB, {pva: 'x'})",
    '  alias("$(P)also")',
    '}',
    'expand("t.vdb", "a$(P)") { macro(N, "one") macro(IN, "$(P)in") }',
    'expand("t.vdb", a) {',
    '  macro(N, "two")',
    '  macro(IN, "$(b.out)")',
    '}',
    'expand("t.vdb", b) { macro(N, "three") macro(IN, x) }',
    'alias("two:v", name)',
    'registrar(doIt)',
  ].join('\n'),
  't.vdb':
    'template() { port(out, "$(N):v.VAL") }\ninclude "body.vdb"\nexpand("leaf.vdb", "leaf") { macro(N, "$(N)") }\n',
  'body.vdb': 'record(ai, "$(N):v") {\n  field(INP, "$(IN) PP")\n  field(DESC, say\\hello)\n}\n',
  'leaf.vdb': 'record("ai", "$(N):odd name") { field("EGU", "$(N)") }\n',
}

/** Where a stretch of the flat text was written: what stands there, its place and the chain. */
function written(stretch: string, settings: FlatSettings = {}): string[] {
  const { text, origins } = flattenTexts(files, { origins: true, markers: true, ...settings })
  const start = text.indexOf(stretch)
  expect(start, stretch).toBeGreaterThanOrEqual(0)
  const at = origins?.writtenAt(start, start + stretch.length)
  if (!at) return []
  const links = [...originsOf(at)].map((link) => `${formatPlace(link.at)} ${link.message}`)
  return [`${formatPlace(at)} ${at.source.text.slice(at.start, at.end)}`, ...links]
}

const outer = (line: number, name: string): string =>
  `main.vdb:${line}:1 expanded as "${name}" here`

test.each<[string, string, string[]]>([
  ['a comment', '# first', ['main.vdb:1:1 # first']],
  ['a record', 'record(calc, ', ['main.vdb:2:1 record(calc, ']],
  ['a name', '$(P)in', ['main.vdb:2:15 $(P)in']],
  ['a comment in a record', 'inside', ['main.vdb:4:5 inside']],
  ['a word of the IOC', 'INPB', ['main.vdb:5:9 INPB']],
  ['JSON', "{pva: 'x'}", ["main.vdb:5:15 {pva: 'x'}"]],
  ['an alias in a record', '"$(P)also"', ['main.vdb:6:9 "$(P)also"']],
  ['a port', '"two:v.VAL"', ['main.vdb:3:15 "$(a.out)"', 't.vdb:1:14 port out is defined here']],
  [
    'a macro of an instance whose name has macros',
    'one:v',
    [
      'body.vdb:1:13 $(N):v',
      'main.vdb:8:28 macro N is given here',
      't.vdb:2:9 included here',
    ].concat(outer(8, 'a$(P)')),
  ],
  [
    'a macro of macros, and what follows',
    '"three:v.VAL PP"',
    [
      'body.vdb:2:14 "$(IN) PP"',
      'main.vdb:11:3 macro IN is given here',
      't.vdb:1:14 port out is defined here',
      't.vdb:2:9 included here',
      outer(9, 'a'),
    ],
  ],
  [
    'a part of what a macro made, for the instance that has it',
    'hree',
    ['body.vdb:2:15 $(IN)', 'main.vdb:11:3 macro IN is given here']
      .concat('t.vdb:1:14 port out is defined here', 't.vdb:2:9 included here')
      .concat(outer(9, 'a')),
  ],
  [
    'a name in quotes, two levels down',
    '"one:odd name"',
    [
      'leaf.vdb:1:15 $(N):odd name',
      't.vdb:3:30 macro N is given here',
      'main.vdb:8:28 macro N is given here',
    ],
  ],
  ['an alias', 'alias("two:v", "name")', ['main.vdb:14:1 alias("two:v", name)']],
  ['a statement of dbd files', 'registrar(doIt)', ['main.vdb:15:1 registrar(doIt)']],
])('%s', (_, stretch, expected) => {
  expect(written(stretch).slice(0, expected.length)).toEqual(expected)
})

test('all of a chain of expands', () => {
  expect(written('three:odd name')).toEqual([
    'leaf.vdb:1:15 $(N):odd name',
    't.vdb:3:30 macro N is given here',
    'main.vdb:13:22 macro N is given here',
    't.vdb:3:1 expanded as "leaf" here',
    outer(13, 'b'),
  ])
})

test('what a macro of the command line made points to its reference', () => {
  expect(written('<in', { macros: { P: '<' } })).toEqual(['main.vdb:2:15 $(P)in'])
})

test('a stretch over several records ends with the head of the first one', () => {
  expect(written('record(calc, "$(P)in") {\n  field(INPA, ').at(0)).toMatch(/^main.vdb:2:1 record/)
  const { text, origins } = flattenTexts(files, { origins: true })
  const { start, end, source } = origins?.writtenAt(0, text.length) ?? {}
  expect(source?.text.slice(start, end)).toBe('# first\nrecord(calc, "$(P)in")')
  expect(origins?.writtenAt(text.length, text.length).source.name).toBe('main.vdb')
})

test('without errors only, and only if they are asked for', () => {
  expect(flattenTexts({ 'main.vdb': 'record(ai, "x") {}' }).origins).toBeUndefined()
  const wrong = { 'main.vdb': 'record(ai, "$(a.b)") {}' }
  expect(flattenTexts(wrong, { origins: true }).origins).toBeUndefined()
  const empty = flattenTexts({ 'main.vdb': '' }, { origins: true })
  expect(empty.origins?.writtenAt(0, 0).source.text).toBe('')
})
