import { expect, test } from 'vitest'
import type { ModuleFacts } from '../../../../src/check/providers.ts'
import { knowableFindings, summedUp, withoutTree } from '../../../../src/cli/check/not-known.ts'
import type { Site } from '../../../../src/modules/site.ts'
import { fileFormats } from '../../../../src/startup/file-formats.ts'
import { walk } from '../../../../src/startup/walk.ts'
import { type Diagnostic, diagnostic, type Unknown } from '../../../../src/text/diagnostic.ts'
import { sourcesOf } from '../../../support/sources.ts'

const line = { name: '<command line>', text: 'e3 check x.db' }
const source = { name: 'x.db', text: 'x\nx\n' }
const stream: Unknown = { kind: 'device support', name: 'stream', recordType: 'ai' }
const scalcout: Unknown = { kind: 'record type', name: 'scalcout' }

function unknown(what: Unknown, start = 0): Diagnostic {
  const code = what.kind === 'record type' ? 'RECORD_TYPE_UNKNOWN' : 'DTYP_UNKNOWN'
  return diagnostic(code, what.name, { at: { source, start, end: start + 1 }, unknown: what })
}

function outcomeOf(script: string) {
  const part = { name: '/st.cmd', text: script }
  return walk({
    parts: [{ at: { source: part, start: 0, end: 1 }, source: part }],
    ...{ environment: new Map(), cwd: '/', reader: sourcesOf({}), modules: [], incomplete: true },
    formats: () => fileFormats,
  })
}

const noModules: ModuleFacts = { providersOf: () => [], nearTo: () => [], filesOf: () => [] }
const tree = { roots: [{ directory: '/tree', origin: '-l' }] } as unknown as Site
const noTree = { roots: [] } as unknown as Site
const found = [
  diagnostic('MODULE_NOT_FOUND', 'asyn'),
  unknown(stream),
  diagnostic('FIELD_UNKNOWN', 'field'),
]

test.each([
  ['dbl\n', tree, ['MODULE_NOT_FOUND', 'DTYP_UNKNOWN', 'FIELD_UNKNOWN']],
  ['require asyn\n', tree, ['MODULE_NOT_FOUND', 'FIELD_UNKNOWN']],
  ['require asyn\n', noTree, ['FIELD_UNKNOWN']],
  ['< common.cmd\n', tree, ['MODULE_NOT_FOUND', 'FIELD_UNKNOWN']],
  ['< envPaths\n', tree, ['MODULE_NOT_FOUND', 'DTYP_UNKNOWN', 'FIELD_UNKNOWN']],
  ['dbLoadDatabase dbd/ioc.dbd\n', tree, ['MODULE_NOT_FOUND', 'FIELD_UNKNOWN']],
])('what follows from missing modules is left out: %j', (script, site, codes) => {
  const kept = knowableFindings(found, { outcome: outcomeOf(script), site })
  expect(kept.map(({ code }) => code)).toEqual(codes)
})

test.each([
  [['require b\n', 'require a\nrequire b\n'], noTree, ['a, b']],
  [
    ['require a\nrequire b\nrequire c\nrequire d\nrequire e\nrequire f\n'],
    noTree,
    ['e and 1 more'],
  ],
  [['require a\n'], tree, []],
  [['dbl\n'], noTree, []],
])('without a module tree, once: %j', (scripts, site, expected) => {
  const all = withoutTree(scripts.map((script) => ({ outcome: outcomeOf(script), site })))
  expect(all.map(({ code }) => code)).toEqual(expected.map(() => 'CHECK_WITHOUT_MODULES'))
  expect(all[0]?.message ?? '').toContain(expected[0] ?? '')
})

test('what lone databases want of modules: each name once, as a warning', () => {
  const facts: ModuleFacts = {
    ...noModules,
    providersOf: ({ name }) => (name === 'stream' ? [{ module: 'stream', version: '2.8.0' }] : []),
  }
  const many = [unknown(stream), diagnostic('FIELD_UNKNOWN', 'field'), unknown(scalcout)]
  const all = summedUp(
    [...many, unknown(stream, 2), unknown({ ...stream, recordType: 'ao' }, 2)],
    facts,
  )
  expect(all.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'error FIELD_UNKNOWN',
    'warning DTYP_UNKNOWN',
    'warning RECORD_TYPE_UNKNOWN',
  ])
  expect(all[1]?.notes.map(({ message }) => message)).toEqual([
    'the same at 2 more places in 1 file',
    'provided by stream 2.8.0',
  ])
  expect(all[1]?.hint).toBe('if the IOC has it: e3 check -r stream')
  expect(all[2]?.hint).toContain('-r <module>')
})

test('what a lone file names may be made elsewhere; the file itself must be there', () => {
  const missing = [source, line].map((one) =>
    diagnostic('FILE_NOT_FOUND', 'x', { at: { source: one, start: 0, end: 1 } }),
  )
  expect(summedUp(missing, noModules).map(({ severity }) => severity)).toEqual(['warning', 'error'])
})

test('the module that has what a lone file names', () => {
  const missing = diagnostic('FILE_NOT_FOUND', 'x', {
    at: { source, start: 0, end: 1 },
    absent: 'db/motor.template',
  })
  const [one] = summedUp([missing], {
    ...noModules,
    filesOf: (name) =>
      name === 'motor.template' ? [{ module: 'motor', version: '7.3.1', kind: 'db' }] : [],
  })
  expect(one?.severity).toBe('warning')
  expect(one?.notes.map(({ message }) => message)).toEqual(['provided by motor 7.3.1'])
  expect(one?.hint).toBe('if the IOC has it: e3 check -r motor')
})

test('a near name of an installed module, for a lone file', () => {
  const facts: ModuleFacts = {
    ...noModules,
    providersOf: ({ name }) => (name === 'stream' ? [{ module: 'stream', version: '2.8' }] : []),
    nearTo: () => ['stream'],
  }
  const [one] = summedUp([unknown({ ...stream, name: 'strem' })], facts)
  expect(one?.hint).toBe('did you mean "stream", of module stream? then: e3 check -r stream')
})

test('a type that some module may bring is no misspelled one of base', () => {
  const at = { source, start: 0, end: 1 }
  const fixes = [{ at, replacement: 'calcout' }]
  const [one] = summedUp([{ ...unknown(scalcout), fixes }], noModules)
  expect(one?.fixes).toBeUndefined()
})
