import { expect, test } from 'vitest'
import { fileFormats } from '../../../../src/startup/file-formats.ts'
import { partsOf } from '../../../../src/startup/parts.ts'
import { walk } from '../../../../src/startup/walk.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { sourcesOf } from '../../../support/sources.ts'

const at = spanOf({ name: '<command line>', text: 'iocsh x' }, 6, 7)

test.each<[string, string[], string[]]>([
  ['/other/libtiny.so', ['/other/libtiny.so'], []],
  ['../other/libtiny.so', ['/other/libtiny.so'], []],
  ['libtiny.so', ['libtiny.so'], []],
  ['../other/libnone.so', ['../other/libnone.so'], ['FILE_NOT_FOUND']],
  ['', [], []],
])('dlload %s', (library, loads, codes) => {
  const reader = sourcesOf({ '/other/libtiny.so': '' })
  const actions = [{ kind: 'command', text: `dlload ${library}`, at }] as const
  const { value: parts } = partsOf(actions, { cwd: '/here', reader })
  const { events, diagnostics } = walk({
    ...{ parts, environment: new Map(), cwd: '/here', reader, modules: [], incomplete: false },
    formats: () => fileFormats,
  })
  const found = events.flatMap((event) => (event.kind === 'load' ? [event.file] : []))
  expect(found.map(({ path, name }) => path ?? name)).toEqual(loads)
  expect(diagnostics.map(({ code }) => code)).toEqual(codes)
})
