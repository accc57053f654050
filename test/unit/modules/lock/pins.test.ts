import { expect, test } from 'vitest'
import { pinnedRequests } from '../../../../src/modules/lock/pins.ts'
import { resolve } from '../../../../src/modules/resolve.ts'
import { renderText } from '../../../../src/text/render.ts'
import { readLockOf } from '../../../support/locks.ts'
import { scriptRequests } from '../../../support/requests.ts'
import { type ShortTree, siteOf } from '../../../support/tree.ts'

const tree: ShortTree = {
  asyn: { '4.42.0': '', '4.42.0+1': '', '4.43.0+0': '' },
  stream: { '2.8.26': 'asyn', '2.8.27': 'asyn' },
  calc: { '3.7.5': '' },
}

function run(script: string, modules: Readonly<Record<string, string>>) {
  const site = siteOf(tree)
  const requests = scriptRequests(script)
  const unlock = (names: readonly string[]) => `unlock ${names.join(' ')}`
  const pins = pinnedRequests(requests, { ...readLockOf(modules), unlock }, site)
  const { modules: loaded, diagnostics } = resolve([...requests, ...pins], site)
  return {
    pins: pins.map(({ module }) => module),
    loaded: loaded.map(({ name, version }) => `${name} ${version.text}`).sort(),
    diagnostics,
  }
}

test.each<[string, Record<string, string>, string[], string[]]>([
  ['require asyn', { asyn: '4.42.0+1' }, ['asyn'], ['asyn 4.42.0+1']],
  // Not the highest revision of it.
  ['require asyn', { asyn: '4.42.0' }, ['asyn'], ['asyn 4.42.0']],
  [
    'require stream',
    { asyn: '4.42.0', stream: '2.8.26' },
    ['stream', 'asyn'],
    ['asyn 4.42.0', 'stream 2.8.26'],
  ],
  // A lock loads nothing by itself.
  ['require asyn', { asyn: '4.42.0', calc: '3.7.5' }, ['asyn'], ['asyn 4.42.0']],
  ['require calc', { asyn: '4.42.0' }, [], ['calc 3.7.5']],
  ['require asyn,4.42.0', { asyn: '4.42.0' }, ['asyn'], ['asyn 4.42.0']],
])('%s with %j', (script, lock, pins, loaded) => {
  expect(run(script, lock)).toEqual({ pins, loaded, diagnostics: [] })
})

test.each<[string, Record<string, string>, string, string, string[]]>([
  [
    'require asyn,4.43.0',
    { asyn: '4.42.0+1' },
    'VERSION_CONFLICT',
    'unlock asyn',
    ['st.cmd:1:9', 'asyn 4.42.0+1 is locked here'],
  ],
  ['require asyn', { asyn: '4.41.0' }, 'REQUIRE_NOT_FOUND', 'unlock asyn', ['st.cmd.lock:10:18']],
  [
    'require stream,2.8.27\nrequire asyn,4.43.0',
    { stream: '2.8.26', asyn: '4.42.0' },
    'VERSION_CONFLICT',
    'unlock',
    [],
  ],
])('%s contradicts %j', (script, lock, code, remedy, says) => {
  const { diagnostics } = run(script, lock)
  expect(diagnostics.map((one) => one.code)).toContain(code)
  const text = diagnostics.map((one) => renderText(one)).join('\n')
  for (const one of [remedy, ...says]) expect(text).toContain(one)
})
