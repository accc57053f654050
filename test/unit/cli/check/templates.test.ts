import { expect, test } from 'vitest'
import type { CheckTarget } from '../../../../src/cli/check/targets.ts'
import { templateFindings } from '../../../../src/cli/check/templates.ts'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { diagnostic } from '../../../../src/text/diagnostic.ts'

const target: CheckTarget = {
  ...{ name: 'x.template', path: '/w/x.template', kind: 'database', isFound: false },
  ...{
    iocName: 'TEST',
    label: 'x.template',
    folders: ['/w'],
    environment: new Map(),
    actions: [],
    isTemplate: true,
  },
}

/** One finding at the start of each line; the texts of the lines whose finding is kept. */
function kept(text: string, list = ''): { lines: string[]; remarks: string[] } {
  const loader = createLoader()
  const source = { name: 'x.template', text }
  const load = { text: loader.load(source, { macros: { list } }).text, given: [] }
  const ioc = { name: '', definitions: undefined, database: loader.database, loads: [load] }
  const starts = [...text.matchAll(/^.+$/gm)].map(({ index }) => index)
  const found = starts.map((start) =>
    diagnostic('FIELD_UNKNOWN', 'x', { at: { source, start, end: start + 1 } }),
  )
  const all = templateFindings(found, ioc, target)
  return {
    lines: all.flatMap(({ at }) => (at ? [text.slice(at.start).split('\n', 1)[0] ?? ''] : [])),
    remarks: all.filter(({ at }) => !at).map(({ message }) => message),
  }
}

test.each<[string, string[], string]>([
  ['no macros', ['record(ai, "A") {', '}'], ''],
  ['defaults', ['record(ai, "$(P=A)") {', '}'], ''],
  ['a macro without a value', ['}'], 'P'],
  ['braces', ['}'], 'P'],
  ['a name made of macros', ['}'], 'N, PX'],
])('lines that can be judged: %s', (title, lines, names) => {
  const head: Record<string, string> = {
    'no macros': 'A',
    defaults: '$(P=A)',
    'a macro without a value': '$(P)x',
    braces: '$' + '{P}x',
    'a name made of macros': '$(N)$(P$(M=X))',
  }
  const result = kept(`record(ai, "${head[title]}") {\n}\n`)
  expect(result.lines).toEqual(lines)
  if (names === '') expect(result.remarks).toEqual([])
  else expect(result.remarks[0]).toContain(` ${names}: lines with them are not checked`)
})

test.each<[string, string, string[], string]>([
  ['behind a backslash', 'record(ai, "\\$(P)x") {\n}\n', ['}'], ''],
  ['in a value', 'record(ai, "$(P)x") {\n}\n', ['}'], 'P=\\$(P)'],
  ['in a value that names itself', 'record(ai, "$(P)x") {\n}\n', ['}'], 'P=$(P)'],
  ['good values', 'record(ai, "$(P)x") {\n}\n', ['record(ai, "$(P)x") {', '}'], 'P=A'],
])('lines that wait for a second step: %s', (_title, text, lines, list) => {
  const result = kept(text, list)
  expect(result.lines).toEqual(lines)
  expect(result.remarks).toHaveLength(lines.length === 1 ? 1 : 0)
})
