import { expect, test } from 'vitest'
import { contentsOf } from '../../../src/modules/contents.ts'
import { infoJson, infoLines } from '../../../src/modules/listing/info.ts'
import { resolve } from '../../../src/modules/resolve.ts'
import { arch, siteOf } from '../../support/tree.ts'

const site = siteOf({
  asyn: {
    '1.0.0': {
      lib: { [arch]: { 'asyn.dep': 'calc 2.0.0', 'libasyn.so': 'ELF' } },
      dbd: { 'asyn.dbd': 'device(ai, INST_IO, devA, "asyn A")\nregistrar(asynR)\nvariable(v)' },
      db: { 'a.template': '$(P) $(N=1)', 'a.proto': 'in {}', old: { 'b.db': '' } },
      include: { 'asyn.h': '', os: { 'x.h': '' } },
      'asyn.iocsh': 'epicsEnvSet("OWN", 1)\nload $(asyn_DIR) $(calc_DB) $(OWN) $(PORT)',
      'README.md': '$(NO)',
    },
  },
  calc: { '2.0.0': '' },
})

const { modules } = resolve([{ module: 'asyn', version: { kind: 'any' } }], site)
const module = modules.find(({ name }) => name === 'asyn')
if (!module) throw new Error('not resolved')
const contents = contentsOf(module, site.reader)

test('definitions, files, and macros that have to be given', () => {
  expect(contents.definitions.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'device support asyn A',
    'registrar asynR',
    'variable v',
  ])
  expect(contents.templates.map(({ path }) => path)).toEqual(['a.template', 'old/b.db'])
  expect(contents.otherFiles).toEqual(['a.proto'])
  expect(contents.headers).toEqual(['asyn.h', 'os/x.h'])
  expect(contents.snippets).toEqual([
    { path: 'asyn.iocsh', macros: [{ name: 'PORT', isRequired: true }] },
  ])
})

const info = {
  ...{ module, contents, architectures: [arch], dependents: [] },
  commands: [{ name: 'asynGo', arguments: [{ name: 'my port', type: 'string' as const }] }],
  metas: [
    {
      ...{ compiler: 'g++ 12', files: new Map([['db/a.template', '00']]) },
      source: { url: 'https://example.org/asyn', commit: 'abc', dirty: true },
    },
  ],
}

test('as text, in sections', () => {
  expect(infoLines(info)).toEqual([
    'asyn 1.0.0',
    '  directory  /epics/modules/asyn/1.0.0',
    '  built for  linux-x86_64',
    '  source     https://example.org/asyn abc with local changes',
    '  compiler   g++ 12',
    'requires',
    '  calc 2.0.0',
    'device support',
    '  ai  asyn A',
    'registrars',
    '  asynR',
    'variables',
    '  v',
    'commands',
    "  asynGo 'my port'",
    'templates',
    '  a.template  P N=1',
    '  old/b.db',
    'snippets',
    '  asyn.iocsh  PORT',
    'other files in db',
    '  a.proto',
    'headers',
    '  asyn.h',
    '  os/x.h',
  ])
})

test('as one object', () => {
  expect(JSON.parse(infoJson(info))).toMatchObject({
    ...{ module: 'asyn', version: '1.0.0', architectures: [arch] },
    requires: [{ module: 'calc', version: '2.0.0' }],
    requiredBy: [],
    templates: [
      {
        path: 'a.template',
        macros: [
          { name: 'P', required: true },
          { name: 'N', required: false, default: '1' },
        ],
      },
      { path: 'old/b.db', macros: [] },
    ],
    builds: [{ compiler: 'g++ 12', files: { 'db/a.template': '00' } }],
  })
})
