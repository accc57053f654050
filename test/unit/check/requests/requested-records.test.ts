import { expect, test } from 'vitest'
import { requestedRecords } from '../../../../src/check/requests/requested-records.ts'
import { checkedIoc } from '../../../support/checked-ioc.ts'
import { told } from '../../../support/definitions.ts'

function found(names: readonly string[]): string[] {
  const text = names.join('\n')
  const source = { name: 'a.req', text }
  const pvs = names.map((name) => {
    const start = text.indexOf(name)
    return { name, at: { source, start, end: start + name.length } }
  })
  const records = ['A:B:TEMP', 'A:B:PRES'].map((name) => `record(ai, "${name}") { }`)
  return told([...requestedRecords(pvs, checkedIoc({ files: { 'x.db': records.join('\n') } }))])
}

test.each([
  [['A:B:TEMP.VAL', 'A:B:TEMP', 'A:B:PRES.DESC$'], []],
  [
    ['A:B:TEMP.VALL'],
    ['a.req:1:1 REQUEST_FIELD "A:B:TEMP.VALL" cannot be saved: ai records have no field VALL'],
  ],
  [
    ['A:B:TEMPP'],
    ['a.req:1:1 REQUEST_RECORD there is no record "A:B:TEMPP", which a.req wants to save'],
  ],
  [['A:B:x', 'A:B:y'], ['a.req:1:1 REQUEST_RECORD PVs of a.req are not in this IOC: A:B:x, A:B:y']],
  [['x', 'x', 'y'], ['a.req:1:1 REQUEST_ELSEWHERE PVs of a.req are not in this IOC: x, y']],
])('%j', (names, expected) => {
  expect(found(names)).toEqual(expected)
})
