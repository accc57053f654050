import { createLoader, type Loader } from '../../../src/database/records/loader.ts'
import { loadDefinitions } from '../definitions.ts'
import { createUsualLoader } from '../usual-loader.ts'
import type { Target } from './fuzz.ts'
import { makeText } from './inputs.ts'

/** What is read at once is what is read in the usual way. */
export const plainTarget: Target = {
  name: 'plain records',
  make(random) {
    const text = makeText(random, { samples, pieces }).slice(0, 4000)
    return { input: text, run: () => compareReaders(text) }
  },
}

const samples = [
  'record(ai, "x") {\n field(DESC, "of x") # c\n info(a, "b") field(PREC, "3")\n}\n\n# c\nrecord(bo, "y")\n{ field(OUT, "x PP") }\n',
  'record(bo,"a") {field(DESC,"1") alias("z")}\nrecord(ai, "b") {\n field(INP, "a.VAL CP")\n field(CALC, "A+B*2")\n}\nrecord(ai,"c") { field(SCAN, "A") field(HOPR, "-1.5") }\n',
] as const
const pieces = [
  ...['record(ai, "', 'record(bo,"', 'grecord(ai,"', 'x', 'y', '") {', '") {}\n', '")\n{', '}\n'],
  ...[' field(DESC, "', 'field(INP,"', '\tfield(OUT, "', 'field("PREC", "', 'field(CALC, "', '")'],
  ...[' field(SCAN, "A")', ' field(PREC,"1")', 'info(x, "', 'info("y","', '# c\n', 'alias("'],
  ...[' CP', 'A', 'B', '+', '.5', '1', '#C0 S0', '@p', '[', '{', '"', '(', ')', ',', '\n', '  '],
]

function compareReaders(text: string): void {
  const [plain, usual] = [createLoader({ definitions }), createUsualLoader(definitions)]
  for (const name of ['one.db', 'two.db']) {
    const [one, other] = [plain.load({ name, text }), usual.load({ name, text })]
    if (one.isGood !== other.isGood) throw new Error('one load is good, the other is not')
    if (shown(one.diagnostics) !== shown(other.diagnostics)) throw new Error('other findings')
  }
  if (recordsOf(plain) !== recordsOf(usual)) throw new Error('other records')
}

function recordsOf({ database }: Loader): string {
  const records = Array.from(database.records.values(), (record) => {
    const { name, type, start, end, more, fields, infos } = record
    return { name, type, start, end, more, fields, infos }
  })
  return shown([records, [...database.aliases.keys()]])
}

/** Texts and sources are the same ones, or cannot be shown. */
function shown(value: unknown): string {
  return JSON.stringify(value, (key, inner) => (key === 'in' || key === 'source' ? '' : inner))
}

const dbd = `
menu(m) { choice(a, "A") choice(b, "B") }
recordtype(ai) {
  field(NAME, DBF_STRING) { size(61) special(SPC_NOMOD) }
  field(DESC, DBF_STRING) { size(9) }
  field(PREC, DBF_SHORT) { prompt("") }
  field(HOPR, DBF_DOUBLE) { prompt("") }
  field(SCAN, DBF_MENU) { menu(m) }
  field(CALC, DBF_STRING) { size(9) special(SPC_CALC) }
  field(INP, DBF_INLINK) { prompt("") }
}
recordtype(bo) {
  field(NAME, DBF_STRING) { size(61) special(SPC_NOMOD) }
  field(DESC, DBF_STRING) { size(41) }
  field(PREC, DBF_UCHAR) { prompt("") }
  field(OUT, DBF_OUTLINK) { prompt("") }
}
`
const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })
