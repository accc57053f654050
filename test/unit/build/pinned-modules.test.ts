import { expect, test } from 'vitest'
import { pinnedModules } from '../../../src/build/pinned-modules.ts'
import { anyVersion } from '../../../src/version/request.ts'
import { parseVersion } from '../../../src/version/version.ts'

const module = (name: string) => ({
  ...{ name, version: parseVersion('1.0.0'), directory: `/tree/${name}/1.0.0`, root: '/tree' },
  ...{ archDirectory: '', dependencies: [], requestedBy: [] },
})
const modules = ['calc', 'asyn', 'sscan'].map(module)

test.each([
  ['what is required, used or not', ['asyn'], [], [], ['asyn']],
  ['what is there for its headers, used', ['asyn'], ['asyn'], ['asyn/1.0.0/include/a.h'], ['asyn']],
  ['and not used', ['asyn'], ['asyn'], ['asyn/1.0.01/include/a.h', 'asynx/1.0.0/a.h'], []],
  [
    'headers of what a required module requires',
    ['asyn'],
    [],
    ['calc/1.0.0/c.h'],
    ['calc', 'asyn'],
  ],
])('%s', (_, requires, ifUsed, read, expected) => {
  const recipe = {
    requires: requires.map((name) => ({ module: name, version: anyVersion })),
    ifUsed: new Set(ifUsed),
  }
  const paths = ['src/own.h', ...read.map((path) => `/tree/${path}`)]
  expect(pinnedModules(recipe, modules, () => paths)).toEqual(
    expected.map((name) => ({ name, version: '1.0.0' })),
  )
})
