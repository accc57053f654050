import { expect, test } from 'vitest'
import { createLoader, type Loader } from '../../../../src/database/records/loader.ts'
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
    fields: record.fields.map(value),
    infos: record.infos.map(value),
  }))
}
