import { expect, test } from 'vitest'
import { type ModuleFacts, withProviders } from '../../../src/check/providers.ts'
import { createLoader } from '../../../src/database/records/loader.ts'
import type { ResolvedModule } from '../../../src/modules/resolution.ts'
import { diagnostic, type Unknown } from '../../../src/text/diagnostic.ts'
import { parseVersion } from '../../../src/version/version.ts'
import { loadDefinitions } from '../../support/definitions.ts'

const dbd = `recordtype(ai) {
  field(DTYP, DBF_DEVICE) {}
  field(INP, DBF_INLINK) {}
}
device(ai, CONSTANT, devAiSoft, "Soft Channel")
link(const, lnkConstIf)
`

/** What the loader finds, with these modules for everything. */
function found(text: string, modules: readonly string[], loaded: readonly ResolvedModule[] = []) {
  const asked: Unknown[] = []
  const facts: ModuleFacts = {
    providersOf: (wanted) => {
      asked.push(wanted)
      return modules.map((module) => ({ module, version: '1.0.0' }))
    },
    nearTo: () => [],
    filesOf: () => [],
  }
  const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })
  const { diagnostics } = createLoader({ definitions }).load({ name: 'x.db', text })
  return { asked, items: withProviders(diagnostics, facts, loaded) }
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

function loadedModule(name: string, version: string, library?: string): ResolvedModule {
  return {
    ...{
      name,
      version: parseVersion(version),
      directory: '/m',
      root: '/',
      archDirectory: '/m/lib',
    },
    ...{ dependencies: [], requestedBy: [], ...(library && { library }) },
  }
}

test.each([
  [
    'without a library its dbd is not loaded',
    loadedModule('b', '1.0.0'),
    'provided by b 1.0.0, whose dbd is not loaded: it has no library',
    'build the library of b, or require a version that has it',
  ],
  [
    'another version',
    loadedModule('b', '0.9.0', 'libb.so'),
    'provided by b 1.0.0, but the IOC has b 0.9.0',
    'ask for that version: require b 1.0.0',
  ],
  [
    'too late',
    loadedModule('b', '1.0.0', 'libb.so'),
    'provided by b 1.0.0, which is not loaded yet',
    'move in front of the line that loads the records: require b',
  ],
  [
    'a module that has nothing to do with it',
    loadedModule('z', '1.0.0'),
    'provided by a 1.0.0, b 1.0.0, not required',
    'add a line such as: require a',
  ],
])('a required module: %s', (_, module, note, hint) => {
  const [item] = found('record(motor, "x") {}', ['a', 'b'], [module]).items
  expect(item?.notes.map(({ message }) => message)).toEqual([note])
  expect(item?.hint).toBe(hint)
})

test('nothing is added if no module has it, or nothing is unknown', () => {
  expect(found('record(motor, "x") {}', []).items[0]?.notes).toEqual([])
  const other = diagnostic('FILE_NOT_FOUND', 'nothing')
  const provider = { module: 'a', version: '1' }
  const facts = { providersOf: () => [provider], nearTo: () => [], filesOf: () => [] }
  expect(withProviders([other], facts, [])).toEqual([other])
})

/** What is said of a misspelled name that an installed module has in full. */
function nearFound(text: string, loaded: readonly ResolvedModule[] = []) {
  const facts: ModuleFacts = {
    providersOf: ({ name }) => (name === 'stream' ? [{ module: 'stream', version: '2.8' }] : []),
    nearTo: () => ['stream'],
    filesOf: () => [],
  }
  const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })
  const { diagnostics } = createLoader({ definitions }).load({ name: 'x.db', text })
  return withProviders(diagnostics, facts, loaded).map(({ notes, hint }) => [
    notes.at(-1)?.message,
    hint,
  ])
}

test('a near name of an installed module, where nothing near is loaded', () => {
  const note = '"stream" is provided by stream 2.8, not required'
  const text = 'record(ai, "x") { field(DTYP, "strem") }'
  expect(nearFound(text)).toEqual([[note, 'did you mean "stream"? add the line: require stream']])
  expect(nearFound('record(ai, "x") { field(DTYP, "Soft Chanel") }')).toEqual([
    [undefined, 'did you mean "Soft Channel"?'],
  ])
  const module = loadedModule('stream', '2.7', 'libstream.so')
  expect(nearFound(text, [module])).toEqual([
    [
      '"stream" is provided by stream 2.8, but the IOC has stream 2.7',
      'did you mean "stream"? ask for that version: require stream 2.8',
    ],
  ])
})
