import { expect, test } from 'vitest'
import { searchedHeaders } from '../../../../src/host/build/searched-headers.ts'
import type { ResolvedModule } from '../../../../src/modules/resolution.ts'
import { parseVersion } from '../../../../src/version/version.ts'

const module = (name: string): ResolvedModule => ({
  ...{ name, version: parseVersion('1.0.0'), directory: `/t/${name}/1.0.0`, root: '/t' },
  ...{ archDirectory: `/t/${name}/1.0.0/R7.0.8/lib/any`, dependencies: [], requestedBy: [] },
})

const find = (
  files: Readonly<Record<string, string>>,
  read: readonly string[],
  searched: readonly string[] = ['one', 'two'],
) =>
  searchedHeaders({
    ...{ folder: '/m', read: new Set([...Object.keys(files), ...read]) },
    searched: searched.map(module),
    reader: {
      read: (name) => {
        const text = files[name.replace('/m/', '')]
        if (text === undefined) return { isMissing: true, reason: 'no such file' }
        return { source: { name, text }, isStream: false }
      },
    },
    declare: (name) => `require ${name}`,
  })

const header = (name: string, path: string) => `/t/${name}/1.0.0/include/${path}`

test.each([
  ['#include <a.h>\n', [header('one', 'a.h')], ['a.h of one at 10']],
  ['  #  include "sub/a.h"\n', [header('one', 'sub/a.h')], ['sub/a.h of one at 14']],
  ['%%#include <a.h>\n', [header('one', 'a.h')], ['a.h of one at 12']],
  ['#include <a.h>\n', ['/t/one/1.0.0/R7.0.8/include/a.h'], ['a.h of one at 10']],
  // Headers that these include themselves are not the module's business.
  ['#include <a.h>\n', ['a.h', 'b.h'].map((path) => header('one', path)), ['a.h of one at 10']],
  // Only headers of others need it.
  ['#include <x.h>\n', [header('two', 'b.h')], ['b.h of two at nowhere']],
  ['#include <a.h>\n', [header('three', 'a.h'), '/usr/include/a.h'], []],
])('%j, %j', (text, read, expected) => {
  const found = find({ 'm.c': text }, read)
  expect(
    found.map(({ message, at }) =>
      message.replace(
        /^(\S+) belongs to (\w+) 1\.0\.0, .*/,
        `$1 of $2 at ${at?.start ?? 'nowhere'}`,
      ),
    ),
  ).toEqual(expected)
})

test('a header that several files include is told once', () => {
  const text = '#include <a.h>\n#include <a.h>\n'
  const [only, ...others] = find({ 'n.c': text, 'm.c': text }, [header('one', 'a.h')])
  expect(others).toEqual([])
  expect(only).toMatchObject({
    ...{ code: 'HEADER_SEARCHED', severity: 'warning', hint: 'require one' },
    at: { source: { name: '/m/m.c' } },
  })
  expect(only?.message).toMatch(/ \(included by 2 files\)$/)
})

test('of very many the first ones, and how many there are', () => {
  const names = Array.from({ length: 25 }, (_, at) => `h${at + 10}.h`)
  const text = [...names, 'z.h'].map((name) => `#include <${name}>\n`).join('')
  const read = [...names.map((name) => header('one', name)), header('two', 'z.h')]
  const found = find({ 'm.c': text }, read)
  expect(found).toHaveLength(21)
  expect(found.at(-1)).toMatchObject({ hint: 'require two' })
  expect(found.at(-1)?.message).toContain('6 more headers belong')
})
