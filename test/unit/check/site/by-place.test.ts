import { expect, test } from 'vitest'
import { checkedIoc } from '../../../support/checked-ioc.ts'
import { siteDiagnostics } from '../../../support/site-rules.ts'

const loads = Array.from({ length: 7 }, (_, index) => ['t.db', `N=${index + 1}`] as const)
const files = { 't.db': 'record(ai, "a$(N)") { }\nrecord(ai, "b$(N)") { }\n' }
const rules = 'rules: { required-fields: { ai: [DESC, INP] } }'

test('a template says each thing once, whatever the number of its loads', () => {
  const found = siteDiagnostics(rules, checkedIoc({ files, loads }))
  expect(found.map(({ message }) => message)).toEqual([
    'the ai record "a1" has no DESC',
    'the ai record "a1" has no INP',
    'the ai record "b1" has no DESC',
    'the ai record "b1" has no INP',
  ])
  expect(found[0]?.notes[1]?.message).toBe('the same for a2, a3, a4 and 3 more')
})

test('two loads: the other one is named', () => {
  const [first] = siteDiagnostics(rules, checkedIoc({ files, loads: loads.slice(0, 2) }))
  expect(first?.notes[1]?.message).toBe('the same for a2')
})
