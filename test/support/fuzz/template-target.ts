import { createDefinitions } from '../../../src/database/definitions/definitions.ts'
import { createLoader } from '../../../src/database/records/loader.ts'
import { loadText } from '../../../src/database/text/load-text.ts'
import { recordsOf, shown } from '../shown-records.ts'
import type { Target } from './fuzz.ts'
import { makeText } from './inputs.ts'

/** A template and several rows of macros: what a load gives does not depend on earlier loads. */
export const templateTarget: Target = {
  name: 'template',
  bound: 10_000,
  make(random) {
    const template = makeText(random, { samples: templates, pieces: templatePieces }).slice(0, 4000)
    const rows = Array.from({ length: 5 }, () =>
      makeText(random, { samples: lists, pieces: listPieces }).slice(0, 300),
    )
    return { input: [template, ...rows].join('\n---\n'), run: () => compareLoads(template, rows) }
  },
}

const templates = [
  'record(ai, "$(P)x") {\n field(DESC, "of $(P)") # c\n info(a, "$(A)") field(PREC, "$(A=3)")\n}\nrecord(bo, "$(P)y") { field(OUT, "$(P)x PP") }\n',
  '# $(P)\nrecord(ai, "$(P)") {}\n\nrecord(bo,"$(A=b)") {field(DESC,"1") alias("$(P)z")}\n',
] as const
const templatePieces = [
  ...['record(ai, "', 'record(bo,"$(P)', '") {', '}\n', ' field(DESC, "', '")', ' field(PREC,"1")'],
  ...['info(x, "', '$(P)', '$(A)', '$(A=b)', '${P}', '# c\n', '\n', '"', '{', '}', '(', ')', ','],
]
const lists = ['P=a:', 'P=b:,A=1', 'P="c,d",A=', 'A=$(P),P=x'] as const
const listPieces = ['P=', 'A=', ',', 'a', '1', '"', "'", '\\', ' ', '$(P)', '#', ')', '}', 'µ']

function compareLoads(template: string, rows: readonly string[]): void {
  const again = { name: 't.template', text: template }
  const loaders = [createLoader({ definitions }), createLoader({ definitions })] as const
  for (const list of rows) {
    const [repeated, single] = [
      loaders[0].load(again, { macros: { list } }),
      loaders[1].load({ ...again }, { macros: { list } }),
    ]
    if (repeated.isGood !== single.isGood) throw new Error('one load is good, the other is not')
    if (shown(repeated.diagnostics) !== shown(single.diagnostics)) throw new Error('other findings')
  }
  if (recordsOf(loaders[0]) !== recordsOf(loaders[1])) throw new Error('other records')
}

const dbd = `
recordtype(ai) {
  field(NAME, DBF_STRING) { size(61) special(SPC_NOMOD) }
  field(DESC, DBF_STRING) { size(41) }
  field(PREC, DBF_SHORT) { prompt("") }
}
recordtype(bo) {
  field(NAME, DBF_STRING) { size(61) special(SPC_NOMOD) }
  field(DESC, DBF_STRING) { size(9) }
  field(OUT, DBF_OUTLINK) { prompt("") }
}
`
const definitions = createDefinitions()
definitions.load({
  text: loadText({ name: 'a.dbd', text: dbd }, { macros: { list: '' }, limits: 'off' }).text,
  ...{ path: [], open: () => undefined, isTrusted: false },
})
