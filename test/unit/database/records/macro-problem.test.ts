import { expect, test } from 'vitest'
import { formatPlace } from '../../../../src/text/span.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'
import { walkedIoc } from '../../../support/walked-ioc.ts'

/** What is said about missing macros: heading, notes, hint. */
function said(files: Record<string, string>, environment: Record<string, string> = {}): string[][] {
  return walkedIoc({ files, environment })
    .diagnostics.filter(({ code }) => code.startsWith('MACRO'))
    .map(({ code, severity, at, message, notes, hint = '' }) => [
      `${at ? formatPlace(at) : ''} ${severity} ${code} ${message}`,
      ...notes.map((note) => `${note.at ? `${formatPlace(note.at)} ` : ''}${note.message}`),
      hint,
    ])
}

const load = (list: string) => `dbLoadRecords("x.db", '${list}')\n`
const record = 'record(ai, "x") { field(DESC, "$(A)") }\n'

test.each<[string, Record<string, string>, string[][]]>([
  [
    'what is given',
    { 'st.cmd': load('P=1,R=2'), 'x.db': record },
    [
      [
        'x.db:1:32 error MACRO_UNDEFINED macro A is not defined',
        'given: P, R',
        '$(A=) is empty where it is not given',
      ],
    ],
  ],
  [
    'the nearest name',
    { 'st.cmd': load('PORT=1'), 'x.db': 'record(ai, "$(PROT)") {}\n' },
    [
      [
        'x.db:1:13 error MACRO_UNDEFINED macro PROT is not defined',
        'given: PORT',
        'did you mean "PORT"?',
      ],
    ],
  ],
  [
    'a variable of the environment',
    { 'st.cmd': 'epicsEnvSet A 1\ndbLoadRecords x.db\n', 'x.db': record },
    [
      [
        'x.db:1:32 error MACRO_UNDEFINED macro A is not defined',
        'no macros are given',
        'databases do not see the environment: give the macro, A=$(A)',
      ],
    ],
  ],
  [
    'the steps through values',
    { 'st.cmd': load('A=$(B):,B=$(C):'), 'x.db': record },
    [
      [
        'x.db:1:32 error MACRO_UNDEFINED macro C is not defined (in the value of B)',
        'st.cmd:1:26 the value of A is "$(B):"',
        'st.cmd:1:34 the value of B is "$(C):"',
        'given: A, B',
        '$(C=) is empty where it is not given',
      ],
    ],
  ],
  [
    'a loop',
    { 'st.cmd': load('A=$(B),B=$(A)'), 'x.db': record },
    [
      [
        'x.db:1:32 error MACRO_RECURSIVE macro B contains itself (in the value of A)',
        'st.cmd:1:26 the value of A is "$(B)"',
        'st.cmd:1:33 the value of B is "$(A)"',
        'give the inner macro another name',
      ],
    ],
  ],
  [
    'the row of a substitution file',
    {
      'st.cmd': 'dbLoadTemplate x.subs\n',
      'x.subs': 'file x.db { pattern { A }\n { "$(B)" } }\n',
      'x.db': record,
    },
    [
      [
        'x.db:1:32 error MACRO_UNDEFINED macro B is not defined (in the value of A)',
        'x.subs:2:4 the value of A is "\\"$(B)\\""',
        'given: A',
        '$(B=) is empty where it is not given',
      ],
    ],
  ],
  [
    'comments only',
    { 'st.cmd': load('P=1'), 'x.db': '# $(A)\nrecord(ai, "x#") {} # "it" $(A)\n' },
    [
      [
        'x.db:1:3 info MACRO_UNDEFINED macro A is not defined; the IOC only warns',
        'and at 1 more place of this file',
        'given: P',
        '$(A=) is empty where it is not given',
      ],
    ],
  ],
  [
    'a comment and a field: told at the field',
    { 'st.cmd': load('P=1'), 'x.db': `# $(A)\n${record}` },
    [
      [
        'x.db:2:32 error MACRO_UNDEFINED macro A is not defined',
        'and at 1 more place of this file',
        'given: P',
        '$(A=) is empty where it is not given',
      ],
    ],
  ],
  [
    'an info item keeps the mark',
    { 'st.cmd': load('P=1'), 'x.db': 'record(ai, "x") { info(a, "#$(A)") }\n' },
    [
      [
        'x.db:1:29 warning MACRO_UNDEFINED macro A is not defined; the IOC only warns',
        'given: P',
        '$(A=) is empty where it is not given',
      ],
    ],
  ],
])('%s', (_title, files, expected) => {
  expect(said(files)).toEqual(expected)
})

test('a long chain of values ends', () => {
  const list = Array.from({ length: 3000 }, (_, index) => `A${index}=$(A${index + 1})`).join()
  const files = { 'st.cmd': load(`A=$(A0),${list}`), 'x.db': record }
  expect(processorTime(() => said(files))).toBeLessThan(soon)
})
