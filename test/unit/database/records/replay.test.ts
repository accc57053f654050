import { expect, test } from 'vitest'
import { createLoader, type Loader } from '../../../../src/database/records/loader.ts'
import type { LoadedField, LoadedRecord } from '../../../../src/database/records/types.ts'
import { loadDefinitions } from '../../../support/definitions.ts'

const dbd = `
menu(menuScan) { choice(Passive, "Passive") choice(Second, "1 second") }
recordtype(ai) {
  field(NAME, DBF_STRING) { size(61) special(SPC_NOMOD) }
  field(DESC, DBF_STRING) { size(41) }
  field(SCAN, DBF_MENU) { menu(menuScan) }
  field(PREC, DBF_SHORT) { prompt("") }
  field(HOPR, DBF_DOUBLE) { prompt("") }
  field(CALC, DBF_STRING) { size(80) special(SPC_CALC) }
  field(INP, DBF_INLINK) { prompt("") }
}
recordtype(bo) {
  field(NAME, DBF_STRING) { size(61) special(SPC_NOMOD) }
  field(DESC, DBF_STRING) { size(9) }
  field(OUT, DBF_OUTLINK) { prompt("") }
}
`
const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })

const usual = `
# $(P): a comment
record(ai, "$(P)one") {
  field(DESC, "of $(P)$(D=words)")
  field(SCAN, "$(SCAN=Passive)") # why
  info(autosave, "$(P)")
  field(PREC, "$(PREC=3)") info(other, "as it is")
}
record(bo, "$(P)two") { field(OUT, "$(P)one PP") }

record(bo, "three$(N=)") {}
`

/** Each is loaded with all rows. */
const templates: [what: string, text: string][] = [
  ['records as most are', usual],
  ['a record that is added to', `${usual}record(bo, "$(P)two") { field(DESC, "$(P)") }`],
  ['a record of another type', `${usual}record(ai, "$(P)two") { field(DESC, "$(P)") }`],
  [
    'a record of another type, in some loads',
    'record(bo, "fix") { }\nrecord(ai, "$(X=$(P))fix") { field(PREC, "1") }\n' +
      'record(ai, "$(X=n)fix") { field(DESC, "more than nine") field(PREC, "1") }',
  ],
  ['the same record in all loads', 'record(ai, "x") { field(DESC, "$(P)") field(PREC, "1") }'],
  [
    'references outside of strings',
    'record(ai, "$(P)x") { field(DESC, $(P)) }\n$(D=#)record(bo, "y")',
  ],
  ['a type from a macro', 'record($(TYPE=ai), "$(P)x") { field(DESC, "a") }'],
  ['aliases', 'record(ai, "$(P)x") { alias("$(P)y") field(DESC, "a") }\nalias("$(P)x", "$(P)z")'],
  [
    'a mistake in it',
    'record(ai, "$(P)x") { field(DESC, "a") field(NONE, "$(P)") field(PREC, "$(P)") }',
  ],
  ['a mistake between records', `${usual} stray "$(P)" ${usual.replaceAll('$(P)', '$(P)$(P)')}`],
  ['no end', 'record(ai, "$(P)x") { field(DESC, "a") }\nrecord(ai, "$(P)y") { field(DESC, "$(P)'],
  [
    'forms with blanks',
    'record ( ai , "$(P)x" ) { field ( DESC , "$(P)" ) }\nrecord(ai, "$(P)y") { }',
  ],
  [
    'another statement between records',
    'record(bo, "fix") {}\nrecord("#", "fix")\nrecord(bo, "$(P)z") {}',
  ],
  [
    'other statements between records',
    `${usual}alias("$(P)one", "$(P)other")\n${usual.replaceAll('$(P)', '$(P)$(P)')}include "none"\n${usual.replaceAll('$(P)', 'x$(P)')}`,
  ],
  [
    'macros between records',
    'record(bo, "$(P)x") {}$(D=)\nrecord(bo, "$(P)y") {} # $(D=)\nrecord(bo, "z") {}',
  ],
  [
    'words and JSON',
    'record(ai, "$(P)x") { field(PREC, $(PREC=3)) field(INP, {const:"$(P)"}) field(DESC, "d") }',
  ],
  [
    'empty references beside quotes',
    'record(ai,$(N=)"$(N=)$(P)x$(N=)"$(N=)) { field(DESC,$(N=)"$(N=)"$(N=)) }',
  ],
  ['line ends of other systems', usual.replaceAll('\n', '\r\n')],
]

const rows = [
  'P=a:',
  'P=b:,SCAN=1 second,PREC=7',
  'P=c:,D=other words than before',
  'P=d:,SCAN=2 second',
  'P=e:,PREC=x',
  'P=f:,D="with \\"quotes\\" and \\\\backslash"',
  'P=g:,D=µm',
  'D=$(P)',
  'P=a:',
  'P="h h"',
  `P=${'long'.repeat(15)}:`,
  'P=i:,N=n,TYPE=bo',
  'P=j:,X=',
]

test.each(templates)('%s: loads of a template do not depend on earlier ones', (_, text) => {
  const again = { name: 't.template', text }
  const [repeated, single] = [createLoader({ definitions }), createLoader({ definitions })]
  for (const list of rows) {
    const results = [
      repeated.load(again, { macros: { list } }),
      single.load({ ...again }, { macros: { list } }),
    ]
    expect(results[0]?.isGood).toBe(results[1]?.isGood)
    expect(results[0]?.diagnostics).toEqual(results[1]?.diagnostics)
    // Fields of some records are asked for at once, of others when all is loaded.
    if (list.includes('D=')) expect(shown(repeated)).toEqual(shown(single))
  }
  expect(shown(repeated)).toEqual(shown(single))
})

function shown({ database }: Loader) {
  const value = ({ in: text, ...place }: { in: { text: string } }) => ({ ...place, of: text.text })
  return [...database.records.values()].map((record) => ({
    ...{ name: record.name, type: record.type, start: record.start, end: record.end },
    ...{ of: record.in.text, more: record.more.map(value) },
    ...{ links: record.links.map(value), last: names.map((name) => lastOf(record, name)) },
    hasInfo: ['autosave', 'none'].map((name) => record.hasInfo(name)),
    fields: record.fields.map(value),
    infos: record.infos.map(value),
  }))
}

const names = ['DESC', 'PREC', 'INP', 'OUT', 'NONE']

function lastOf(record: LoadedRecord, name: string) {
  const { in: text, ...place } = record.last(name) ?? {}
  expect(place).toEqual(withoutText(record.fields.findLast((field) => field.name === name)))
  return { ...place, of: text?.text }
}

function withoutText({ in: _, ...place }: Partial<LoadedField> = {}) {
  return place
}

test('records of one place of a template tell so, unless something was added to them', () => {
  const loader = createLoader({ definitions })
  const text = 'record(ai, "$(P)x") { field(DESC, "$(P)") }\nrecord(bo, "$(P)y") { }'
  const source = { name: 't.template', text }
  for (const list of ['P=a', 'P=b', 'P=c', 'P=d', 'P=e']) loader.load(source, { macros: { list } })
  const more = 'record(ai, "ex") { field(PREC, "1") }'
  loader.load({ name: 'more.db', text: more })
  const template = (name: string) => loader.database.records.get(name)?.template
  expect(template('cx')).toBeDefined()
  expect(template('dx')).toBe(template('cx'))
  expect(template('cy')).not.toBe(template('cx'))
  expect([template('ax'), template('ex')]).toEqual([undefined, undefined])
})
