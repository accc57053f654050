import { expect, test } from 'vitest'
import { dumpDatabase } from '../../src/database/records/dump.ts'
import { createLoader } from '../../src/database/records/loader.ts'
import { readCases } from '../support/conformance.ts'
import { loadDefinitions } from '../support/definitions.ts'

interface Case {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly macros: string | null
  readonly env?: Readonly<Record<string, string>>
  readonly expect: {
    /** Absent if the IOC crashed. */
    readonly records: string | null
    readonly ok: boolean
  }
}

const cases = readCases<Case>('dbload', 'macro/dbload.json')

test.each(cases)('dbload: $name', ({ files, macros, env = {}, expect: { records, ok } }) => {
  const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })
  const loader = createLoader({ definitions, limits: 'exact', environment: (name) => env[name] })
  const open = (name: string) => {
    const text = files[name]
    return text === undefined ? undefined : { name, text }
  }
  const { isGood } = loader.load(open('t.db') ?? { name: 't.db', text: '' }, {
    ...{ macros: { list: macros ?? '' }, open },
  })
  expect(isGood).toBe(ok)
  if (records === null) return
  expect([...dumpDatabase(loader.database, definitions)].join('')).toBe(records)
})

/** As much of base's ai and ao records as the cases use. */
const dbd = `
recordtype(ai) {
  field(NAME, DBF_STRING) { special(SPC_NOMOD) size(61) }
  field(DESC, DBF_STRING) { size(41) }
  field(DTYP, DBF_DEVICE) { }
  field(INP, DBF_INLINK) { }
  field(PREC, DBF_SHORT) { }
  field(EGU, DBF_STRING) { size(16) }
}
device(ai, CONSTANT, devAiSoft, "Soft Channel")
link(const, lnkConstIf)
`
