import { expect, test } from 'vitest'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { renderJunit } from '../../../src/text/formats-junit.ts'
import { spanOf } from '../../../src/text/span.ts'

const at = spanOf({ name: 'b.db', text: 'one two\n' }, 4, 7)
const found = [
  diagnostic('FILE_NOT_FOUND', 'there is no <"x">', { at }),
  diagnostic('MACRO_UNDEFINED', 'second', { at }),
  diagnostic('SHELL_USAGE', 'odd', { at: spanOf({ name: 'new.cmd', text: 'x' }) }),
  diagnostic('OPTION_VALUE', 'no place'),
]

function junit(files: readonly string[], diagnostics = found): string {
  return [...renderJunit(diagnostics, { name: 'e3 check', files, seconds: 0.25 })].join('')
}

test('a test case a file, with errors as its failure', () => {
  expect(junit(['a.db', 'b.db'])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="e3 check" tests="4" failures="2" errors="0" time="0.250">
  <testsuite name="e3 check" tests="4" failures="2" errors="0" time="0.250" skipped="0">
    <testcase name="a.db" classname="e3 check" time="0"/>
    <testcase name="b.db" classname="e3 check" time="0">
      <failure type="FILE_NOT_FOUND" message="there is no &lt;&quot;x&quot;&gt; (and 1 more)">b.db:1:5: error[FILE_NOT_FOUND]: there is no &lt;"x"&gt;
  1 | one two
    |     ^^^
b.db:1:5: error[MACRO_UNDEFINED]: second
  1 | one two
    |     ^^^</failure>
    </testcase>
    <testcase name="new.cmd" classname="e3 check" time="0">
      <system-out>new.cmd:1:1: warning[SHELL_USAGE]: odd
  1 | x
    | ^</system-out>
    </testcase>
    <testcase name="e3 check" classname="e3 check" time="0">
      <failure type="OPTION_VALUE" message="no place">error[OPTION_VALUE]: no place</failure>
    </testcase>
  </testsuite>
</testsuites>
`)
})

test('nothing checked is a report, too', () => {
  expect(junit([], [])).toContain('tests="0" failures="0" errors="0"')
})

test('characters that XML cannot hold', () => {
  const item = diagnostic('FILE_NOT_FOUND', 'a\u0007\ud800&]]>')
  const xml = junit([], [item])
  expect(xml).toContain('message="a\\u0007\\ud800&amp;]]&gt;"')
})
