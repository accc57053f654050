import { expect, test } from 'vitest'
import {
  type LibraryTexts,
  staticCommands,
} from '../../../../src/check/commands/static-commands.ts'
import { commandSteps } from '../../../../src/check/commands/steps.ts'
import { walkScript } from '../../../support/checked-script.ts'

interface Library {
  readonly texts?: readonly string[]
  readonly commands?: readonly string[]
  readonly needed?: readonly string[]
}

const base = { '/base/libCom.so': { texts: ['casStatsFetch'] } }

function look(script: string, libraries: Readonly<Record<string, Library>> = {}) {
  const all: Readonly<Record<string, Library | undefined>> = { ...base, ...libraries }
  const read: string[] = []
  const texts: LibraryTexts = {
    textsIn(path, wanted) {
      read.push(path)
      const known = all[path]?.texts
      return known && new Set(wanted.filter((one) => known.includes(one)))
    },
    commandsIn: (path) =>
      (all[path]?.commands ?? []).map((name) => ({
        name,
        arguments: [{ name: 'size', type: 'int' }],
      })),
    neededBy: (path) => all[path]?.needed ?? [],
  }
  const { outcome } = walkScript(script, { files: { 'liba.so': '', 'libb.so': '' } })
  const steps = commandSteps(outcome.events, new Map())
  const baseFiles = () => ['/base/libCom.so']
  return { read, ...staticCommands({ outcome, steps, baseFiles, libraries: texts }) }
}

test('commands of base only: no file is looked into', () => {
  const { read, commands, isComplete } = look('dlload ./liba.so\ndbl\nafterInit "dbpf a 1"\n')
  expect([read, isComplete, commands.has('dbpf')]).toEqual([[], false, true])
})

test.each<[string, string, Readonly<Record<string, Library>>, number | undefined, boolean]>([
  ['in a library', 'foo', { '/here/liba.so': { texts: ['foo'] } }, 1, true],
  ['in the second', 'foo', { '/here/liba.so': {}, '/here/libb.so': { texts: ['foo'] } }, 2, true],
  ['in base', 'casStatsFetch', {}, 0, true],
  [
    'nowhere',
    'foo',
    { '/here/liba.so': { texts: [] }, '/here/libb.so': { texts: [] } },
    undefined,
    true,
  ],
  ['a file that is no library', 'foo', { '/here/libb.so': { texts: [] } }, undefined, false],
  [
    'linked with base and the system',
    'foo',
    {
      '/here/liba.so': { texts: [], needed: ['libCom.so.3.23', 'libb.so', 'libstdc++.so.6'] },
      '/here/libb.so': { texts: [] },
    },
    undefined,
    true,
  ],
  [
    'linked with something that may have it',
    'foo',
    { '/here/liba.so': { texts: [], needed: ['libvendor.so.1'] }, '/here/libb.so': { texts: [] } },
    undefined,
    false,
  ],
])('a command %s', (_title, name, libraries, step, isComplete) => {
  const found = look(`dlload ./liba.so\ndlload ./libb.so\n${name} 1\n`, libraries)
  expect([found.commands.get(name)?.step, found.isComplete]).toEqual([step, isComplete])
})

test('if one is unknown, the others are told for hints', () => {
  const library = { texts: [], commands: ['fooConfigure'] }
  const { commands } = look('dlload ./liba.so\nfooConfigur\n', { '/here/liba.so': library })
  expect(commands.get('fooConfigure')).toEqual({ name: 'fooConfigure', step: 1 })
})

test.each<[string, readonly string[], readonly string[] | undefined]>([
  ['callbackSetQueueSize 3000', ['callbackSetQueueSize'], undefined],
  ['callbackSetQueueSize many', ['callbackSetQueueSize'], ['int']],
  ['callbackSetQueueSize many', [], undefined],
  ['callbackSetQueueSize many', ['callbackSetQueueSize', 'callbackSetQueueSize'], undefined],
])('arguments of base: %s, of %j', (line, commands, types) => {
  const found = look(`${line}\n`, { '/base/libCom.so': { commands } })
  const known = found.commands.get('callbackSetQueueSize')?.arguments
  expect(known?.map(({ type }) => type)).toEqual(types)
})

test.each<[string, Readonly<Record<string, Library>>, boolean]>([
  ['no file has the name', { '/here/liba.so': { texts: [] } }, false],
  ['a library has it', { '/here/liba.so': { texts: ['fooDebug'] } }, true],
  ['base has it', { '/here/liba.so': {}, '/base/libCom.so': { texts: ['fooDebug'] } }, true],
  ['a file cannot be read', {}, true],
])('variables: %s', (_title, libraries, mayHave) => {
  const { mayHaveVariable } = look('dlload ./liba.so\nvar fooDebug 1\n', libraries)
  expect(mayHaveVariable?.('fooDebug')).toBe(mayHave)
})
