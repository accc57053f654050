import { expect, test } from 'vitest'
import { loadIoc } from '../../../../src/check/load/ioc.ts'
import { fileFormats } from '../../../../src/startup/file-formats.ts'
import { partsOf } from '../../../../src/startup/parts.ts'
import { walk } from '../../../../src/startup/walk.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { sourcesOf } from '../../../support/sources.ts'

/** The texts that the server of groups reads. */
function texts(script: string, dbd: string): (string | undefined)[] {
  const files = { 'st.cmd': script, 'a.json': '$(P)$(H)', 'b.json': 'b', 'ioc.dbd': dbd }
  const reader = sourcesOf(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`/here/${name}`, text])),
  )
  const at = spanOf({ name: '<command line>', text: 'iocsh st.cmd' }, 6, 12)
  const start = { kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at } as const
  const { value: parts } = partsOf([start], { cwd: '/here', reader })
  const outcome = walk({
    ...{ parts, environment: new Map([['H', 'h']]), cwd: '/here', reader, modules: [] },
    ...{ incomplete: false, formats: () => fileFormats },
  })
  const { ioc } = loadIoc({ name: 'st.cmd', outcome, reader, dbd: '/here/ioc.dbd' })
  return (ioc.groupFiles ?? []).map(({ text }) => text)
}

const base = 'registrar(QSRVRegistrar)\n'
const pvxs = 'registrar(pvxsGroupSourceRegistrar)\n'

test.each([
  [['a.json', 'b.json', 'a.json'], base, ['b', '$(P)$(H)']],
  [['a.json', 'a.json "P=x"'], base, ['$(P)$(H)']],
  [['a.json "P=x"', 'a.json', 'a.json "P=y"'], pvxs, ['xh', '$(P)$(H)', 'yh']],
  [['a.json "P=x"', 'a.json "P=y"', '-a.json "P=x"'], pvxs, ['yh']],
  [['a.json', 'b.json', '-a.json'], base, ['b']],
  [['a.json', 'b.json', '-*'], base, []],
  [['a.json', '-b.json', '*'], base, ['$(P)$(H)']],
])('%j with %j', (calls, dbd, expected) => {
  const script = calls.map((call) => `dbLoadGroup ${call}\n`).join('')
  expect(texts(script, dbd)).toEqual(expected)
})
