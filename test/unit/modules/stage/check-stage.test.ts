import { expect, test } from 'vitest'
import { checkStage } from '../../../../src/modules/stage/check-stage.ts'
import { parseVersion } from '../../../../src/version/version.ts'
import {
  arch,
  type Folder,
  memoryReader,
  moduleFolders,
  type ShortTree,
} from '../../../support/tree.ts'

interface Case {
  readonly stage: Folder
  readonly tree?: ShortTree
  readonly version?: string
}

function check({ stage, tree = {}, version = '1.0.0' }: Case) {
  const reader = memoryReader({ tree: moduleFolders(tree), stage })
  const found = checkStage(
    { module: 'm', version: parseVersion(version), architecture: arch, directory: '/stage' },
    {
      site: { reader, roots: [{ directory: '/tree', origin: '--prefix' }], architecture: arch },
      root: '/tree',
      files: {
        open: () => undefined,
        exists: () => false,
        text: () => undefined,
        realPath: (path) => path,
      },
    },
  )
  return found.map(({ severity, code, at }) => [severity, code, at?.source.name])
}

const dep = (text: string): Folder => ({ lib: { [arch]: { 'm.dep': text } } })

test.each<[string, Case, unknown[]]>([
  ['nothing needed', { stage: dep('') }, []],
  ['what it needs is there', { stage: dep('a 1.0.0'), tree: { a: { '1.0.0': '' } } }, []],
  [
    'what it needs is not there',
    { stage: dep('a 1.0.0') },
    [['error', 'MODULE_NOT_FOUND', `/stage/lib/${arch}/m.dep`]],
  ],
  [
    'a higher revision in the tree is not taken for it',
    { stage: dep('a 2.0.0'), tree: { m: { '1.0.0+7': '' }, a: { '1.0.0': '' } } },
    [['error', 'REQUIRE_NOT_FOUND', `/stage/lib/${arch}/m.dep`]],
  ],
  ['no .dep file', { stage: { lib: { [arch]: {} } } }, [['error', 'DEP_FILE_MISSING', undefined]]],
  ['another architecture', { stage: { lib: {} } }, [['error', 'STAGE_INVALID', undefined]]],
  [
    'it needs itself, through another one',
    { stage: dep('a 1.0.0'), tree: { a: { '1.0.0': 'm 1.0.0' } } },
    [['error', 'DEPENDENCY_CYCLE', undefined]],
  ],
  [
    'a library that cannot be read',
    { stage: { lib: { [arch]: { 'm.dep': '', 'libm.so': 'x' } } } },
    [['error', 'FILE_UNREADABLE', `/stage/lib/${arch}/libm.so`]],
  ],
])('%s', (_title, given, expected) => {
  expect(check(given)).toEqual(expected)
})
