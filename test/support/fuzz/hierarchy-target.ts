import { flattenTexts } from '../hierarchy.ts'
import type { Target } from './fuzz.ts'
import { makeText } from './inputs.ts'

/** A hierarchical database and two files that may expand and include each other. */
export const hierarchyTarget: Target = {
  name: 'hierarchical databases',
  make(random) {
    const files = ['main.vdb', 'a.vdb', 'b.vdb'].map((name): [string, string] => [
      name,
      makeText(random, { samples, pieces }).slice(0, 1500),
    ])
    const settings = { markers: true, limit: 2000, globalMacros: random.oneIn(2) }
    return {
      input: files.map(([name, text]) => `--- ${name}\n${text}`).join('\n'),
      run: () => check(Object.fromEntries(files), settings),
    }
  },
}

/** What is flat is read again without errors, and stays as it is. */
function check(files: Record<string, string>, settings: { limit: number }): void {
  const { text, diagnostics } = flattenTexts(files, settings)
  if (diagnostics.some(({ severity }) => severity === 'error')) return
  const again = flattenTexts({ 'main.vdb': text })
  if (again.text !== text && !text.includes('$(')) throw new Error(`not flat: ${text}`)
}

const samples = [
  'template("t") { port(p, "$(A).VAL", "d") port(q, "$(i.p)") }\nrecord(ai, "$(A)$(i.q)") {\n  field(INP, "$(B=1)")\n}\n',
  'expand("a.vdb", i) { macro(A, "x") }\nexpand("b.vdb", j) { macro(A, "$(i.p)") }\n',
  'include "a.vdb"\npath ".:/here"\nalias("x", "$(A)")\n# c $(A)\nrecord(ai, y) { info(a, [1]) }\n',
]

const pieces = [
  ...['expand("a.vdb", i) {', 'expand("b.vdb", j) {', 'macro(A, "', 'macro(B, $(A))', 'port(p, "'],
  ...[
    'template() {',
    'record(ai, "x") {',
    'field(INP, "',
    'info(a, ',
    'include "b.vdb"',
    '")',
    '}',
  ],
  ...[
    '$(A)',
    '$(i.p)',
    '$(j.q)',
    '$(A=$(B))',
    '$(i.',
    '{a: 1}',
    '# expand("x", y)',
    '#!',
    'alias(',
  ],
  ...['menu(m) { choice(a, "b") }', 'addpath "', '\n', ' ', ','],
]
