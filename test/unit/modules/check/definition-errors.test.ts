import { expect, test } from 'vitest'
import { definitionErrors } from '../../../../src/modules/check/definition-errors.ts'
import type { CheckedModule } from '../../../../src/modules/check/input.ts'
import { parseVersion } from '../../../../src/version/version.ts'

const nameField = 'field(NAME, DBF_STRING) { prompt("name") special(SPC_NOMOD) size(61) }'

const base = {
  '/base/dbd/ioc.dbd': 'include "ai.dbd"',
  '/base/dbd/ai.dbd': `recordtype(ai) {\n${nameField}\n}`,
}

function codesOf(files: Readonly<Record<string, string>>, dbd = '/base/dbd/ioc.dbd'): string[] {
  const all: Readonly<Record<string, string>> = { ...base, ...files }
  const modules = Object.keys(files).map((path): CheckedModule => {
    const [, name = ''] = path.split('/')
    return {
      ...{ name, version: parseVersion('1.0.0'), dbd: path, requestedBy: [] },
      ...(name !== 'data' && { library: `/${name}/lib${name}.so` }),
    }
  })
  const found = definitionErrors(modules, dbd === '' ? {} : { dbd }, {
    open: () => undefined,
    exists: (path) => path in all,
    text: (path) => all[path],
    realPath: (path) => path,
  })
  return found.map(({ code, at }) => `${code} ${at?.source.name}`)
}

const unknown = 'device(busy, CONSTANT, devBusy, "Busy")'
const busy = `recordtype(busy) {\n${nameField}\n}`

test.each<[string, Record<string, string>, string[]]>([
  ['a record type of base', { '/a/a.dbd': 'device(ai, CONSTANT, devA, "A")' }, []],
  ['one of nobody', { '/a/a.dbd': unknown }, ['DBD_RECORD_TYPE_UNKNOWN /a/a.dbd']],
  ['one of a module in front of it', { '/a/a.dbd': busy, '/b/b.dbd': unknown }, []],
  [
    'one of a module behind it',
    { '/b/b.dbd': unknown, '/a/a.dbd': busy },
    ['DBD_RECORD_TYPE_UNKNOWN /b/b.dbd'],
  ],
  ['a module without a library', { '/data/data.dbd': unknown }, []],
  ['a type of links', { '/a/a.dbd': 'device(ai, NOLINK, devA, "A")' }, ['DBD_VALUE /a/a.dbd']],
  ['an include of itself', { '/a/a.dbd': 'include "a.dbd"' }, ['DBD_INCLUDE_LOOP /a/a.dbd']],
])('%s', (_title, files, expected) => {
  expect(codesOf(files)).toEqual(expected)
})

test('without the dbd file of base nobody knows', () => {
  expect(codesOf({ '/a/a.dbd': unknown }, '')).toEqual([])
})
