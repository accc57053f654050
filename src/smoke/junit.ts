import { hasErrors } from '../text/diagnostic.ts'
import { renderText } from '../text/render.ts'
import type { Check } from './checks.ts'
import type { SmokeResult } from './report.ts'

/**
 * The results in the JUnit XML format that CI systems read: a test suite an IOC, a test case a
 * check, and the console of the IOC as its output.
 */
export function junitXml(results: readonly SmokeResult[]): string {
  const checks = results.flatMap((result) => result.checks)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="e3 smoke" ${counts(checks)}>`,
    ...results.flatMap(suite),
    '</testsuites>',
    '',
  ].join('\n')
}

function suite({ run, checks }: SmokeResult): string[] {
  const name = attribute(run.target.name)
  const time = run.seconds.toFixed(3)
  return [
    `  <testsuite name="${name}" ${counts(checks)} time="${time}">`,
    ...checks.flatMap((check, index) => testCase(check, name, index === 0 ? time : '0')),
    `    <system-out>${content(run.transcript.source.text)}</system-out>`,
    '  </testsuite>',
  ]
}

function testCase({ name, diagnostics, isSkipped }: Check, suiteName: string, time: string) {
  const open = `    <testcase name="${attribute(name)}" classname="${suiteName}" time="${time}"`
  if (isSkipped) return [`${open}><skipped/></testcase>`]
  const first = diagnostics.find(({ severity }) => severity === 'error')
  if (!first) return [`${open}/>`]
  const text = diagnostics.map((item) => renderText(item)).join('\n')
  const failure = `type="${first.code}" message="${attribute(first.message)}"`
  return [`${open}>`, `      <failure ${failure}>${content(text)}</failure>`, '    </testcase>']
}

function counts(checks: readonly Check[]): string {
  const failures = checks.filter(({ diagnostics }) => hasErrors(diagnostics)).length
  const skipped = checks.filter(({ isSkipped }) => isSkipped).length
  return `tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}"`
}

function content(text: string): string {
  return allowedInXml(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function attribute(text: string): string {
  return content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}

/** XML 1.0 has no way to write most control characters and lone surrogates. */
function allowedInXml(text: string): string {
  return text.replace(
    /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}
