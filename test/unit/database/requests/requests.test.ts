import { expect, test } from 'vitest'
import { readRequests } from '../../../../src/database/requests/requests.ts'
import { formatPlace } from '../../../../src/text/span.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

function read(files: Readonly<Record<string, string>>, macros = '') {
  const sources = new Map(Object.entries(files).map(([name, text]) => [name, { name, text }]))
  const source = sources.get('a.req') ?? { name: 'a.req', text: '' }
  const { pvs, diagnostics } = readRequests(
    { source, macros },
    { open: (name) => sources.get(name) },
  )
  return {
    pvs: pvs.map(({ name, at }) => `${name} ${formatPlace(at)}`),
    found: diagnostics.map(({ code, at }) => `${code} ${at ? formatPlace(at) : ''}`),
  }
}

test('macros are those of the file alone', () => {
  const files = {
    'a.req': '# $(X)\n$(P)a.VAL\nfile b.req P=$(P)b:,Q=$(Q=q)\nfile c.req\n',
    'b.req': '$(P)$(Q)\n',
    'c.req': 'c\n$(P)\n$(Q=1)x\n',
  }
  expect(read(files, 'P=x:')).toEqual({
    pvs: ['x:a.VAL a.req:2:1', 'x:b:q b.req:1:1', 'c c.req:1:1'],
    // Nothing is expanded without macros, defaults neither.
    found: ['MACRO_UNDEFINED c.req:2:1', 'MACRO_UNDEFINED c.req:3:1'],
  })
})

test.each([
  ['undefined', '$(Q)x\n', ['MACRO_UNDEFINED a.req:1:1']],
  ['undefined in what a file gets', 'file b.req P=$(Q)\n', ['MACRO_UNDEFINED a.req:1:14']],
  [
    'a file that includes itself',
    'file a.req P=$(P)\nfile a.req P=$(P)\n',
    ['REQUEST_LOOP a.req:1:6', 'REQUEST_LOOP a.req:2:6'],
  ],
  ['given and not used', 'file b.req P=$(P),X=1\n', ['MACRO_UNUSED a.req:1:12']],
  ['no file name', 'file\n', ['REQUEST_LINE a.req:1:5']],
  ['a long name', `${'x'.repeat(64)}\n`, ['REQUEST_CUT a.req:1:1']],
  ['no line end', 'x', ['REQUEST_CUT a.req:1:1']],
  ['indented', ' file b.req P=1\n', ['REQUEST_LINE a.req:1:2']],
  ['strange', '%x\n', ['REQUEST_LINE a.req:1:1']],
])('%s', (_title, text, expected) => {
  const found = read({ 'a.req': text, 'b.req': '$(P)\n' }, 'P=1').found
  expect(found.filter((one, index) => found.indexOf(one) === index)).toEqual(expected)
})

test('a macro that contains itself', () => {
  expect(read({ 'a.req': '$(P)\n' }, 'P=$(P)').found).toEqual(['MACRO_RECURSIVE a.req:1:1'])
})

test('a macro list that doubles with each inclusion comes to an end', () => {
  const { found } = read({ 'a.req': '$(P)\nfile a.req P=$(P)$(P),Q=$(P)\n' }, 'P=xx')
  expect(found).toContain('REQUEST_LOOP a.req:2:6')
})

test('files that include each other with ever longer macros come to an end', () => {
  const text = 'file a.req P=$(P)x\nfile a.req P=$(P)y\nz\n'
  const read1000 = () => expect(read({ 'a.req': text }, 'P=1').pvs.length).toBeGreaterThan(1000)
  expect(processorTime(read1000)).toBeLessThan(2 * soon)
})
