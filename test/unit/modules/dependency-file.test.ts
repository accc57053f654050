import { expect, test } from 'vitest'
import { parseDependencies } from '../../../src/modules/dependency-file.ts'
import { formatVersionRequest } from '../../../src/version/request.ts'

function parse(text: string) {
  const { value, diagnostics } = parseDependencies({ name: 'm.dep', text })
  return {
    lines: value.map(({ module, version, at }) => [
      module,
      formatVersionRequest(version),
      text.slice(at.start, at.end),
    ]),
    diagnostics: diagnostics.map(({ code, at }) => [code, at && text.slice(at.start, at.end)]),
  }
}

test.each([
  ['asyn 4.42.0+0\n', [['asyn', '4.42.0+0', 'asyn 4.42.0+0']]],
  ['# Generated file. Do not edit.\n\n \t\nasyn 1.0.0', [['asyn', '1.0.0', 'asyn 1.0.0']]],
  [
    'asyn 1.0.0\r\ncalc 2.0.0\r\n',
    [
      ['asyn', '1.0.0', 'asyn 1.0.0'],
      ['calc', '2.0.0', 'calc 2.0.0'],
    ],
  ],
  [' \tasyn\t 1.0.0 and whatever # follows', [['asyn', '1.0.0', 'asyn\t 1.0.0']]],
  ['asyn\n', [['asyn', '', 'asyn']]],
  ['asyn # any', [['asyn', '', 'asyn']]],
  [
    'asyn 1.0.0\nasyn 1.0\nasyn\nasyn 1.0.0 again\nasyn\n',
    [
      ['asyn', '1.0.0', 'asyn 1.0.0'],
      ['asyn', '1.0', 'asyn 1.0'],
      ['asyn', '', 'asyn'],
    ],
  ],
  ['\ufeffasyn 1.0.0', [['asyn', '1.0.0', 'asyn 1.0.0']]],
  [
    'averyveryverylongmodulename 12.345.678+90',
    [['averyveryverylongmodulename', '12.345.678+90', 'averyveryverylongmodulename 12.345.678+90']],
  ],
  ['', []],
  ['#', []],
])('%j', (text, lines) => {
  expect(parse(text)).toEqual({ lines, diagnostics: [] })
})

test.each([
  ['$(X) 1.0.0', '$(X) 1.0.0'],
  ["asyn' 1.0.0", "asyn' 1.0.0"],
  ['../asyn 1.0.0', '../asyn 1.0.0'],
  ['asyn ../1.0.0', 'asyn ../1.0.0'],
  ['asyn "1.0.0"', 'asyn "1.0.0"'],
  ['asyn,1.0.0', 'asyn,1.0.0'],
  ['\u0000\u0001', '\u0000\u0001'],
])('%j is malformed, the other lines are read', (line, place) => {
  expect(parse(`calc 1.0.0\n${line}\nasyn`)).toEqual({
    lines: [
      ['calc', '1.0.0', 'calc 1.0.0'],
      ['asyn', '', 'asyn'],
    ],
    diagnostics: [['DEP_LINE_MALFORMED', place]],
  })
})
