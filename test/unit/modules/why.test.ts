import { expect, test } from 'vitest'
import { parseRequest } from '../../../src/modules/module-request.ts'
import { resolve } from '../../../src/modules/resolve.ts'
import { whyLines, whyNotLine } from '../../../src/modules/why.ts'
import { spanOf } from '../../../src/text/span.ts'
import { parseVersion } from '../../../src/version/version.ts'
import { arch, type ShortTree, siteOf, versionFolder } from '../../support/tree.ts'

function question(tree: ShortTree, script: string, name: string) {
  const site = siteOf(tree)
  const source = { name: 'st.cmd', text: script }
  const requests = script.split('\n').flatMap((line) => {
    const at = spanOf(source, script.indexOf(line), script.indexOf(line) + line.length)
    return parseRequest(line, at).value ?? []
  })
  const { modules } = resolve(requests, site)
  const module = modules.find((one) => one.name === name)
  if (!module) throw new Error('not loaded')
  return { module, modules, requests, site }
}

const asyn = {
  '4.42.0': '',
  '4.43.0': '',
  '4.44.0': versionFolder('asyn', '', 'linux-arm'),
  mytest: '',
}
const stream = { '2.8.0': 'asyn 4.42.0' }

test('who asks, up to the script, and why nothing higher is taken', () => {
  expect(whyLines(question({ asyn, stream }, 'asyn\nstream', 'asyn'))).toEqual([
    'asyn 4.42.0 in /epics/modules/asyn/4.42.0',
    '  asyn is asked for here: st.cmd:1:1',
    `  stream 2.8.0 asks for asyn 4.42.0: /epics/modules/stream/2.8.0/lib/${arch}/stream.dep:1:1`,
    '    stream is asked for here: st.cmd:2:1',
    '4.44.0 is not taken: it is installed for linux-arm only',
    `4.43.0 is not taken: stream 2.8.0 asks for asyn 4.42.0: /epics/modules/stream/2.8.0/lib/${arch}/stream.dep:1:1`,
  ])
})

test('many higher versions are counted', () => {
  const many = { '1.0.0': '', '2.0.0': '', '3.0.0': '', '4.0.0': '', '5.0.0': '' }
  const lines = whyLines(question({ a: many }, 'a,1.0.0', 'a'))
  expect(lines.at(-1)).toBe('and 1 more are not taken')
})

test.each<[string, ShortTree, string, string, string]>([
  ['not installed', { asyn, stream }, 'asyn', '9.9.9', 'it is not installed'],
  ['lower', { asyn, stream }, 'asyn', '4.42.0', '4.43.0 is higher'],
  ['a test version', { asyn, stream }, 'asyn', 'mytest', 'nobody names it'],
  [
    'what it needs is not there',
    { a: { '2.0.0': 'b 9.0.0', '1.0.0': '' }, b: { '1.0.0': '' } },
    'a',
    '2.0.0',
    'b 9.0.0 is not installed for linux-x86_64',
  ],
])('why not: %s', (_title, tree, script, version, reason) => {
  const line = whyNotLine(question(tree, script, script), parseVersion(version))
  expect(line).toBe(`${version} is not taken: ${reason}`)
})
