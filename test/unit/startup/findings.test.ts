import { expect, test } from 'vitest'
import { fileFormats } from '../../../src/startup/file-formats.ts'
import { partsOf } from '../../../src/startup/parts.ts'
import { walk } from '../../../src/startup/walk.ts'
import { positionAt } from '../../../src/text/source.ts'
import { formatPlace, spanOf } from '../../../src/text/span.ts'
import { walkScript } from '../../support/checked-script.ts'
import { sourcesOf } from '../../support/sources.ts'

const at = spanOf({ name: '<command line>', text: 'iocsh st.cmd' }, 6, 12)
const long = 'x'.repeat(300)

test.each<[string, string, string[]]>([
  [
    'a value that macLib cuts',
    `iocshRun 'echo "$(A)"' "A=${long}"\n`,
    ['warning MACRO_CUT <iocshRun>:1:7'],
  ],
  ['a name made of a missing macro', '$(A$(B)) dbl\n', ['error MACRO_UNDEFINED st.cmd:1:1']],
  ['no value', 'epicsEnvSet A\n', ['warning SHELL_USAGE st.cmd:1:1']],
  ['no file', 'dbl\niocshLoad\n', ['warning SHELL_USAGE st.cmd:2:1']],
])('%s', (_title, script, expected) => {
  const reader = sourcesOf({ '/here/st.cmd': script })
  const { value: parts } = partsOf(
    [{ kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at }],
    { cwd: '/here', reader },
  )
  const { diagnostics } = walk({
    ...{ parts, environment: new Map(), cwd: '/here', reader, modules: [], incomplete: false },
    formats: () => fileFormats,
  })
  expect(
    diagnostics.map(
      ({ severity, code, at: place }) => `${severity} ${code} ${place ? formatPlace(place) : ''}`,
    ),
  ).toEqual(expected)
})

test.each([
  ['an undefined macro in its value', 'epicsEnvSet A "$(NO)"\n'],
  ['an undefined macro in front of it', '$(IF) epicsEnvSet("A", "1")\n'],
  ['a quote that is not closed', 'epicsEnvSet("A", 1")\n'],
])('a variable that a skipped line would set: %s', (_title, line) => {
  const reader = sourcesOf({ '/here/st.cmd': `${line}dbpf "$(A)" 1\nrequire $(A)\n` })
  const { value: parts } = partsOf(
    [{ kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at }],
    { cwd: '/here', reader },
  )
  const { diagnostics } = walk({
    ...{ parts, environment: new Map([['AA', '']]), cwd: '/here', reader, modules: [] },
    ...{ incomplete: false, formats: () => fileFormats },
  })
  expect(diagnostics.map(({ at }) => at && positionAt(at.source, at.start).line)).toEqual([1, 3])
  expect(diagnostics[1]?.code).toBe('REQUIRE_UNKNOWN')
  expect(diagnostics[1]?.hint).toBe('see to st.cmd:1:1 first, which would set it')
})

test.each([
  ['epicsEnvSet LONGNAME x\ndbpf a "$(LONGNAM)"\n', ['LONGNAME']],
  ['epicsEnvSet LONGNAME x\nepicsEnvSet LONGNAMES x\ndbpf a "$(LONGNAM)"\n', []],
  // Of the user's environment.
  ['dbpf a "$(HOMEDIRS)"\n', []],
  ['epicsEnvSet LONGNAME x\ndrvUnknown\ndbpf a "$(LONGNAM)"\n', []],
])('the one variable that may be meant puts a macro right: %j', (script, expected) => {
  const reader = sourcesOf({ '/here/st.cmd': script })
  const { value: parts } = partsOf(
    [{ kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at }],
    { cwd: '/here', reader },
  )
  const { diagnostics } = walk({
    ...{ parts, environment: new Map([['HOMEDIR', '/home']]), cwd: '/here', reader, modules: [] },
    ...{ incomplete: false, formats: () => fileFormats },
  })
  const fixes = diagnostics.flatMap((one) => one.fixes ?? [])
  expect(fixes.map(({ replacement }) => replacement)).toEqual(expected)
})

test('a script that the build makes: how', () => {
  const { value: parts } = partsOf([{ kind: 'command', text: '< envPaths', at }], {
    ...{ cwd: '/here', reader: sourcesOf({}) },
  })
  const { diagnostics } = walk({
    ...{ parts, environment: new Map(), cwd: '/here', reader: sourcesOf({}), modules: [] },
    ...{ incomplete: false, formats: () => fileFormats },
  })
  expect(diagnostics[0]?.hint).toBe('the build of the IOC makes it: make -C /here')
})

test('a recursive macro is not said to be meant by its own name', () => {
  const { outcome } = walkScript(`epicsEnvSet LOOP '$(LOOP)'\necho "$(LOOP)"\n`, {})
  const [found] = outcome.diagnostics
  expect(found?.code).toBe('MACRO_RECURSIVE')
  expect(found?.hint).toBe('give a value: epicsEnvSet LOOP …, or a default: $(LOOP=…)')
})
