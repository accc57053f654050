import { expect, test } from 'vitest'
import { createLoader } from '../../../../src/database/records/loader.ts'
import type { LoadedRecord } from '../../../../src/database/records/types.ts'
import { formatPlace } from '../../../../src/text/span.ts'

interface Row {
  readonly title: string
  readonly text: string
  readonly macros?: string
  /** `type name: FIELD=value, ...` of each record that is loaded. */
  readonly records?: readonly string[]
  /** `line:column CODE`. */
  readonly findings?: readonly string[]
}

const rows: readonly Row[] = [
  {
    title: 'a record with fields',
    text: 'record(ai, "x") { field(DESC, "a b") field(PREC, 2) }\n',
    records: ['ai x: DESC=a b, PREC=2'],
  },
  {
    title: 'macros in name and value',
    text: 'grecord(ai, "$(P)x") { field(DESC, "${D=none}") }\n',
    macros: 'P=a:',
    records: ['ai a:x: DESC=none'],
  },
  {
    title: 'records merge',
    text: 'record(ai, "x") { field(PREC, "1") }\nrecord(ai, "x") {}\nrecord("*", x) { field(PREC, "2") }\n',
    records: ['ai x: PREC=1, PREC=2'],
  },
  {
    title: 'JSON values',
    text: 'record(ai, "x") { field(INP, {pva: {pv: "a", # c\n q: [1, 2,],}}) field(A, [0x1, +.5]) }\n',
    records: ['ai x: INP={pva: {pv: "a", # c\n q: [1, 2,],}}, A=[0x1, +.5]'],
  },
  {
    title: 'deleted',
    text: 'record(ai, "x") {}\nrecord("#", "x") {}\nrecord("#", "x") {}\n',
    findings: ['3:13 RECORD_NOT_FOUND'],
  },
  {
    title: 'an undefined macro in a value',
    text: 'record(ai, "x") { field(DESC, "$(D)") field(PREC, 1) }\n',
    records: ['ai x: PREC=1'],
    findings: ['1:32 MACRO_UNDEFINED'],
  },
  {
    title: 'a hidden macro',
    text: "record(ai, x) { field(INP, {const: '$(V)'}) }\n",
    macros: 'V=1',
    records: ['ai x: '],
    findings: ['1:28 MACRO_UNEXPANDED'],
  },
  {
    title: 'a missing quote',
    text: 'record(ai, x) {}\nrecord(ai, "y) { field(A, "1") }\nrecord(ai, "z") { foo(A) }\n',
    records: ['ai x: '],
    findings: ['2:12 DB_SYNTAX', '3:19 DB_SYNTAX'],
  },
  {
    title: 'a missing brace',
    text: 'record(ai, "x") {\n  field(A, "1")\nrecord(ai, "y") {}\n',
    records: ['ai x: A=1'],
    findings: ['3:1 DB_SYNTAX'],
  },
  {
    title: 'JSON that is not valid: braces in it are not those of the record',
    text: 'record(ai, x) { info(a, {b:{c}, d:1}) alias(y)\nfield(A, {b:{c},\nd:1})\nfoo(A) }\nbar\n',
    records: ['ai x: '],
    findings: ['1:25 DB_SYNTAX', '2:10 DB_SYNTAX', '4:1 DB_SYNTAX', '5:1 DB_SYNTAX'],
  },
  {
    title: 'JSON without its end',
    text: 'record(ai, x) { field(A, {b:1) }\nrecord(ai, z) { foo(A) }\n',
    records: ['ai x: '],
    findings: ['1:26 DB_SYNTAX', '2:17 DB_SYNTAX'],
  },
  {
    title: 'another type',
    text: 'record(ai, "x") {}\nrecord(ao, "x") { field(A, "1") }\n',
    records: ['ai x: A=1'],
    findings: ['2:8 RECORD_TYPE_CONFLICT'],
  },
  {
    title: 'names that the IOC refuses',
    text: 'record(ai, "a.b") {}\nrecord(ai, "") {}\nrecord(ai, "-a") {}\n',
    records: ['ai -a: '],
    findings: ['1:12 RECORD_NAME', '2:12 RECORD_NAME', '3:12 RECORD_NAME'],
  },
  {
    title: 'aliases',
    text: 'record(ai, "x") { alias("y") }\nalias("y", "z")\nalias("x", "x")\nalias("q", "r")\n',
    records: ['ai x: '],
    findings: ['3:12 ALIAS_CLASH', '4:7 RECORD_NOT_FOUND'],
  },
  {
    title: 'info',
    text: 'record(ai, "x") { info(a, "b") info("", "c") }\n',
    records: ['ai x: '],
    findings: ['1:37 INFO_NAME'],
  },
]

test.each(rows)('$title', ({ text, macros = '', records = [], findings = [] }) => {
  const loader = createLoader()
  const { diagnostics, isGood } = loader.load({ name: 't.db', text }, { macros: { list: macros } })
  expect([...loader.database.records.values()].map(shown)).toEqual(records)
  expect(diagnostics.map(({ code, at }) => at && `${formatPlace(at).slice(5)} ${code}`)).toEqual(
    findings,
  )
  expect(isGood).toBe(!diagnostics.some(({ severity }) => severity === 'error'))
})

function shown({ type, name, fields }: LoadedRecord): string {
  return `${type} ${name}: ${fields.map((field) => `${field.name}=${field.value}`).join(', ')}`
}

test('included files, their places and mistakes', () => {
  const files: Record<string, string> = {
    'lib/b.db': 'record(ai, "$(P)b") {}\ninclude "t.db"\n',
  }
  const { load, database, texts } = createLoader()
  const text = 'path "lib"\ninclude "b.db"\ninclude "$(NO).db"\ninclude "none.db"\n'
  const { diagnostics } = load(
    { name: 'lib/t.db', text },
    { macros: { list: 'P=x' }, open: (name) => openIn(files, name) },
  )
  expect([...database.records.keys()]).toEqual(['xb'])
  expect(texts.map(({ source }) => source.name)).toEqual(['lib/t.db', 'lib/b.db'])
  expect(diagnostics.map(({ code, at }) => at && `${formatPlace(at)} ${code}`)).toEqual([
    'lib/b.db:2:9 INCLUDE_LOOP',
    'lib/t.db:3:9 FILE_NOT_FOUND',
    'lib/t.db:4:9 FILE_NOT_FOUND',
    'lib/t.db:3:10 MACRO_UNDEFINED',
  ])
})

test.each([
  ['field(A, "1")', 'this belongs into the braces of a record: is there a "}" too many above?'],
  ['file x.db { {P=1} }', 'this is a substitution file: load it with dbLoadTemplate'],
  ['global { P=1 }', 'this is a substitution file: load it with dbLoadTemplate'],
  ['substitute "P=1"', 'only msi knows such lines: load what e3 msi makes of the file'],
  ['constructor(x)', undefined],
  ['recrod(ai, x)', 'did you mean "record" or "grecord"?'],
  ['record(ai "x") {}', 'put "," in front of this place'],
  ['record(ai, "x" {}', 'put ")" in front of this place'],
  ['record ai', 'put "(" in front of this place'],
  ['record(ai, )', 'write it there, in double quotes'],
  ['record(ai, x) { info(a, {b: 1, /* c */ d: 2}) }', 'comments in JSON values begin with # too'],
  ['record(ai, x) { field(A, "\\1") }', 'write \\\\ for a backslash'],
  ['record(ai, x) { field(A, "\\xg") }', 'write two digits behind \\x'],
  ['record(ai, x) { field(A, "a\tb") }', 'write \\t for a tab'],
  ['record(ai, x) { field(A, "a\x01b") }', 'remove it'],
  ['record(ai, "") {}', 'give it a name, and its macros values'],
  [`record(ai, "${'x'.repeat(63)}") {}`, 'make it shorter by 3, or the macros in it'],
  ['record(ai, "-x") {}', 'begin it with a letter'],
])('the remedy of %s', (text, hint) => {
  const { diagnostics } = createLoader().load({ name: 't.db', text })
  expect(diagnostics[0]?.hint).toBe(hint)
})

test('an expanded line that is longer than the IOC takes', () => {
  const text = `record(ai, "x") { info(a, "${'i'.repeat(900)}") info(b, "$(V)") }\n`
  const row = createLoader().load(
    { name: 't.db', text },
    { macros: { list: `V=${'v'.repeat(200)}` } },
  )
  expect(row.isGood).toBe(false)
  expect(row.diagnostics.map(({ code }) => code)).toEqual(['LINE_CUT'])
})

function openIn(files: Readonly<Record<string, string>>, name: string) {
  const text = files[name]
  return text === undefined ? undefined : { name, text }
}
