import { loadAccessFile } from '../../../src/database/access/load-access.ts'
import { readRequests } from '../../../src/database/requests/requests.ts'
import { formatPlace } from '../../../src/text/span.ts'
import { accessCases } from '../access-cases.ts'
import type { Target } from './fuzz.ts'
import { makeText } from './inputs.ts'

const references = ['$(P)', '${Q=1}', '$(P=$(Q))', '$(', '$', '"', "'", '\\', ',', '=']

const requests = {
  samples: ['# c\n$(P)m1.VAL\nfile self.req P=$(P)x, Q=1\nfile other.req "A=1"\n', 'a\r\n b c\n'],
  pieces: [
    ...references,
    'file ',
    'self.req',
    'other.req',
    ' ',
    '\n',
    '#',
    'a:b',
    '!',
    'x'.repeat(90),
  ],
}

const access = {
  samples: accessCases.map(([text]) => text),
  pieces: [
    ...['UAG', 'HAG', 'ASG', 'RULE', 'CALC', 'INPA', '(', ')', '{', '}', ',', '"', '"A=1"', '#'],
    ...[
      'WRITE',
      'NONE',
      'TRAPWRITE',
      '0',
      '1',
      '-1',
      '1.5',
      'x',
      '\n',
      ' ',
      '@',
      '\u0001',
      ...references,
    ],
  ],
}

/** A request file that may include itself; places of all that is found are in their texts. */
function readRequestFile(text: string): void {
  const self = { name: 'self.req', text }
  const { pvs, diagnostics } = readRequests(
    { source: self, macros: 'P=a b,Q=$(P)' },
    { open: (name) => (name === 'self.req' ? self : undefined) },
  )
  for (const { at } of pvs.slice(0, 1000)) formatPlace(at)
  for (const { at } of diagnostics) if (at) formatPlace(at)
}

function readAccess(text: string): void {
  for (const macros of ['', 'P=x,Q="$(P)"']) {
    const { diagnostics } = loadAccessFile({ name: 'self.acf', text }, { macros })
    for (const { at } of diagnostics) if (at) formatPlace(at)
  }
}

/** Files that commands name and the IOC reads later. */
export const namedFileTargets: readonly Target[] = [
  {
    name: 'request file',
    bound: 5000,
    make(random) {
      const input = makeText(random, requests)
      return { input, run: () => readRequestFile(input) }
    },
  },
  {
    name: 'access security file',
    make(random) {
      const input = makeText(random, access)
      return { input, run: () => readAccess(input) }
    },
  },
]
