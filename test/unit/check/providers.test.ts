import { expect, test } from 'vitest'
import { type ModuleFacts, withProviders } from '../../../src/check/providers.ts'
import { createLoader } from '../../../src/database/records/loader.ts'
import { diagnostic, type Unknown } from '../../../src/text/diagnostic.ts'
import { loadDefinitions } from '../../support/definitions.ts'

const dbd = `recordtype(ai) {
  field(DTYP, DBF_DEVICE) {}
  field(INP, DBF_INLINK) {}
}
device(ai, CONSTANT, devAiSoft, "Soft Channel")
link(const, lnkConstIf)
`

/** What the loader finds, with these modules for everything. */
function found(text: string, modules: readonly string[]) {
  const asked: Unknown[] = []
  const facts: ModuleFacts = {
    providersOf: (wanted) => {
      asked.push(wanted)
      return modules.map((module) => ({ module, version: '1.0.0' }))
    },
  }
  const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })
  const { diagnostics } = createLoader({ definitions }).load({ name: 'x.db', text })
  return { asked, items: withProviders(diagnostics, facts) }
}

test.each([
  ['record(motor, "x") {}', { kind: 'record type', name: 'motor' }],
  [
    'record(ai, "x") { field(DTYP, "stream") }',
    { kind: 'device support', name: 'stream', recordType: 'ai' },
  ],
  ['record(ai, "x") { field(INP, {mqtt: "a"}) }', { kind: 'link type', name: 'mqtt' }],
])('%s', (text, unknown) => {
  const { asked, items } = found(text, ['one'])
  expect(asked).toEqual([unknown])
  expect(items.map(({ notes, hint }) => [notes.at(-1)?.message, hint])).toEqual([
    ['provided by one 1.0.0, not required', 'add the line: require one'],
  ])
})

test('several modules', () => {
  const [item] = found('record(motor, "x") {}', ['a', 'b', 'c', 'd']).items
  expect(item?.notes.map(({ message }) => message)).toEqual([
    'provided by a 1.0.0, b 1.0.0, c 1.0.0, not required',
  ])
  expect(item?.hint).toBe('add a line such as: require a')
})

test('nothing is added if no module has it, or nothing is unknown', () => {
  expect(found('record(motor, "x") {}', []).items[0]?.notes).toEqual([])
  const other = diagnostic('FILE_NOT_FOUND', 'nothing')
  expect(withProviders([other], { providersOf: () => [{ module: 'a', version: '1' }] })).toEqual([
    other,
  ])
})
