import { expect, test } from 'vitest'
import { fileKind, isEnvironmentFile } from '../../../src/startup/file-types.ts'

test.each([
  ['st.cmd', 'script'],
  ['x.iocsh', 'script'],
  ['noending', 'script'],
  ['dir.db/script', 'script'],
  ['a.db', 'database'],
  ['a.dbt', 'database'],
  ['a.template', 'database'],
  ['a.sub', 'substitutions'],
  ['a.subs', 'substitutions'],
  ['a.subst', 'substitutions'],
  ['a.substitutions', 'substitutions'],
  ['a.dbd', 'dbd'],
  ['lib/a.so', 'library'],
  ['a.vdb', 'database'],
  ['a.sch', 'unsupported'],
  ['a.py', 'unsupported'],
])('%s is a %s', (path, kind) => {
  expect(fileKind(path)).toBe(kind)
})

test.each([
  ['envPaths', true],
  ['../iocA/envPaths', true],
  ['envPaths.linux-x86_64', true],
  ['myenvPaths', false],
  ['envPathsOf.cmd', false],
])('%s is made by the build: %s', (path, expected) => {
  expect(isEnvironmentFile(path)).toBe(expected)
})
