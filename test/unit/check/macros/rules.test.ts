import { expect, test } from 'vitest'
import { macroRules } from '../../../../src/check/macros/rules.ts'
import { walkedIoc } from '../../../support/walked-ioc.ts'

const says = (files: Record<string, string>) => {
  const { ioc } = walkedIoc({ files })
  return macroRules
    .flatMap((rule) => [...rule(ioc)])
    .map(({ code, severity }) => `${severity} ${code}`)
}

test('one mistake is said once', () => {
  const files = {
    'st.cmd': 'iocshLoad x.iocsh "A=1,PROT=2"\ndbLoadRecords("x.db", "P=a,B=,PROT=3,Q=4")\n',
    'x.iocsh': 'epicsEnvSet A 2\necho $(PORT)\n',
    'x.db': `record(ai, "$(P)$(B=5)$(PORT)") { field(DESC, '$(P)') }\n`,
  }
  expect(says(files)).toEqual([
    'warning MACRO_NEAR_MISS',
    'warning MACRO_NEAR_MISS',
    'info MACRO_UNUSED',
    'info MACRO_EMPTY',
    'warning MACRO_REMOVED',
    'warning MACRO_QUOTED',
  ])
})

test('nothing is said about what is as usual', () => {
  const files = {
    'st.cmd':
      'epicsEnvSet P sys:\niocshLoad x.iocsh "P=$(P)sub:"\ndbLoadTemplate x.subs "P=$(P)"\n',
    'x.iocsh': 'dbLoadRecords("x.db", "P=$(P),R=1,$(ASYN=)")\n$(SIM=#) echo $(P)\n',
    'x.subs': 'file x.db { pattern { R, DESC } { 2, "two" } { 3, "" } }\n',
    'x.db':
      '# $(P), $(R): don\'t use $(DESC)\nrecord(ai, "$(P)$(R)") { field(DESC, "$(DESC=)") }\n',
  }
  expect(says(files)).toEqual([])
})

test('200 rows of a template with 50 records: one finding for a file', () => {
  const columns = Array.from({ length: 20 }, (_, index) => `C${index}`)
  const rows = Array.from(
    { length: 200 },
    (_, row) => `{ ${columns.map((name) => `${name}_${row}`).join(', ')} }`,
  )
  const record = 'record(ai, "$(C0)$(C1)#") { field(DESC, "$(C2)$(C3=)") field(EGU, "$(C4=V)") }\n'
  const { ioc } = walkedIoc({
    files: {
      'st.cmd': 'dbLoadTemplate x.subs\n',
      'x.subs': `file x.db { pattern { ${columns.join(', ')} }\n${rows.join('\n')}\n}\n`,
      'x.db': Array.from({ length: 50 }, (_, index) => record.replace('#', `${index}`)).join(''),
    },
  })
  const found = macroRules.flatMap((rule) => [...rule(ioc)])
  expect(found.map(({ message }) => message)).toEqual([
    'macros C5, C6, C7, C8, C9, C10, C11, C12 and 7 more are given, but x.db does not use them',
  ])
})
