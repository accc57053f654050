import { expect, test } from 'vitest'
import { type DiagnosticDetails, diagnostic } from '../../../src/text/diagnostic.ts'
import { oncePerCause } from '../../../src/text/same-cause.ts'
import { spanOf } from '../../../src/text/span.ts'

/** A file that is missing on the second line of a script. */
function missing(name: string, cause: string | undefined, details: DiagnosticDetails = {}) {
  const at = spanOf({ name, text: '\nx\n' }, 1, 2)
  return diagnostic('FILE_NOT_FOUND', `in ${name}`, { at, cause, ...details })
}

const scripts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

test.each<[title: string, found: ReturnType<typeof missing>[], expected: string[]]>([
  ['two places', [missing('a', 'x'), missing('b', 'x')], ['in a: the same at one more place: b:2']],
  [
    'many places',
    scripts.map((name) => missing(name, 'x')),
    ['in a: the same at 7 more places: b:2, c:2, d:2, e:2, f:2, ...'],
  ],
  ['other causes', [missing('a', 'x'), missing('b', 'y')], ['in a: ', 'in b: ']],
  ['no cause', [missing('a', undefined), missing('b', undefined)], ['in a: ', 'in b: ']],
  [
    'another severity',
    [missing('a', 'x'), missing('b', 'x', { severity: 'warning' }), missing('c', 'x')],
    ['in a: the same at one more place: c:2', 'in b: '],
  ],
  ['no place', [missing('a', 'x', { at: undefined }), missing('b', 'x')], ['in a: ', 'in b: ']],
])('%s', (_title, found, expected) => {
  const shown = oncePerCause(found)
  expect(shown.map(({ message, notes }) => `${message}: ${notes[0]?.message ?? ''}`)).toEqual(
    expected,
  )
})
