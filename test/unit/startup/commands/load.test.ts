import { expect, test } from 'vitest'
import { fileFormats } from '../../../../src/startup/file-formats.ts'
import { partsOf } from '../../../../src/startup/parts.ts'
import { walk } from '../../../../src/startup/walk.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { parseVersion } from '../../../../src/version/version.ts'
import { sourcesOf } from '../../../support/sources.ts'

const at = spanOf({ name: '<command line>', text: 'iocsh x' }, 6, 7)

function codesOf(library: string): string[] {
  const directory = '/m/tiny/1.0.0'
  const own = `${directory}/lib/x/libtiny.so`
  const reader = sourcesOf({ [own]: '', '/other/libtiny.so': '', '/other/libmore.so': '' })
  const { value: parts } = partsOf(
    [
      { kind: 'require', text: 'tiny', at },
      { kind: 'file', path: library, isDatabase: false, macros: [], at },
    ],
    { cwd: '/here', reader },
  )
  const tiny = {
    ...{ name: 'tiny', version: parseVersion('1.0.0'), directory, root: '/m', library: own },
    ...{ archDirectory: `${directory}/lib/x`, dependencies: [], requestedBy: [] },
  }
  const outcome = walk({
    ...{ parts, environment: new Map(), cwd: '/here', reader, modules: [tiny], incomplete: false },
    formats: () => fileFormats,
  })
  return outcome.diagnostics.map(({ code }) => code)
}

test.each<[string, string, string[]]>([
  ['another copy of the library of a module', '/other/libtiny.so', ['LIBRARY_TWICE']],
  ['the library of the module itself', '/m/tiny/1.0.0/lib/x/libtiny.so', []],
  ['a library of no module', '/other/libmore.so', []],
])('dlload of %s', (_title, library, expected) => {
  expect(codesOf(library)).toEqual(expected)
})
