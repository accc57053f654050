import { hasErrors } from '../text/diagnostic.ts'
import { renderText } from '../text/render.ts'
import { xmlAttribute, xmlContent } from '../text/xml.ts'
import type { Check } from './checks.ts'
import type { SmokeResult } from './report.ts'
import type { Unfinished } from './unfinished.ts'

/**
 * The results in the JUnit XML format that CI systems read: a test suite an IOC, a test case a
 * check, and the console of the IOC as its output. What was not tested is a failure, too: a run without
 * a report looks like one without tests.
 */
export function junitXml(
  results: readonly SmokeResult[],
  unfinished: readonly Unfinished[] = [],
): string {
  const checks = [...results.flatMap((result) => result.checks), ...unfinished.map(checkOf)]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="e3 smoke" ${counts(checks)}>`,
    ...results.flatMap(suite),
    ...unfinished.flatMap(unfinishedSuite),
    '</testsuites>',
    '',
  ].join('\n')
}

function suite({ run, checks }: SmokeResult): string[] {
  const name = xmlAttribute(run.target.name)
  const time = run.seconds.toFixed(3)
  return [
    `  <testsuite name="${name}" ${counts(checks)} time="${time}">`,
    ...checks.flatMap((check, index) => testCase(check, name, index === 0 ? time : '0')),
    `    <system-out>${xmlContent(run.transcript.source.text)}</system-out>`,
    '  </testsuite>',
  ]
}

function unfinishedSuite(one: Unfinished): string[] {
  const name = xmlAttribute(one.name)
  const check = checkOf(one)
  return [
    `  <testsuite name="${name}" ${counts([check])} time="0">`,
    ...testCase(check, name, '0'),
    '  </testsuite>',
  ]
}

function checkOf({ step, diagnostics }: Unfinished): Check {
  return { name: step, diagnostics, isSkipped: false }
}

function testCase({ name, diagnostics, isSkipped }: Check, suiteName: string, time: string) {
  const open = `    <testcase name="${xmlAttribute(name)}" classname="${suiteName}" time="${time}"`
  if (isSkipped) return [`${open}><skipped/></testcase>`]
  const first = diagnostics.find(({ severity }) => severity === 'error')
  if (!first) return [`${open}/>`]
  const text = diagnostics.map((item) => renderText(item)).join('\n')
  const failure = `type="${first.code}" message="${xmlAttribute(first.message)}"`
  return [`${open}>`, `      <failure ${failure}>${xmlContent(text)}</failure>`, '    </testcase>']
}

function counts(checks: readonly Check[]): string {
  const failures = checks.filter(({ diagnostics }) => hasErrors(diagnostics)).length
  const skipped = checks.filter(({ isSkipped }) => isSkipped).length
  return `tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}"`
}
