import { expect, test } from 'vitest'
import { checksOf } from '../../../src/smoke/checks.ts'
import { junitXml } from '../../../src/smoke/junit.ts'
import type { SmokeRun } from '../../../src/smoke/smoke-run.ts'
import { stoppedBy } from '../../../src/smoke/unfinished.ts'
import { smokeRun } from '../../support/smoke-runs.ts'

const resultOf = (run: SmokeRun) => ({
  run,
  checks: checksOf(run, { allowed: [], timeout: 30, settle: 1 }),
})

test('a suite an IOC, a case a check', () => {
  const missing = { expectation: { name: 'A' }, outcome: { kind: 'missing' } } as const
  const good = smokeRun({ target: { name: 'a.cmd', words: ['a.cmd'] } })
  const bad = smokeRun({ target: { name: 'b.cmd', words: ['b.cmd'] }, pvs: [missing] })
  expect(junitXml([good, bad].map(resultOf))).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="e3 smoke" tests="7" failures="1" errors="0" skipped="0">
  <testsuite name="a.cmd" tests="3" failures="0" errors="0" skipped="0" time="0.750">
    <testcase name="starts" classname="a.cmd" time="0.750"/>
    <testcase name="no ERROR line" classname="a.cmd" time="0"/>
    <testcase name="keeps running and ends cleanly" classname="a.cmd" time="0"/>
    <system-out>iocInit
</system-out>
  </testsuite>
  <testsuite name="b.cmd" tests="4" failures="1" errors="0" skipped="0" time="0.750">
    <testcase name="starts" classname="b.cmd" time="0.750"/>
    <testcase name="PV A" classname="b.cmd" time="0">
      <failure type="SMOKE_PV_MISSING" message="the IOC of b.cmd has no PV A">error[SMOKE_PV_MISSING]: the IOC of b.cmd has no PV A
  help: see its records: iocsh b.cmd -c dbl</failure>
    </testcase>
    <testcase name="no ERROR line" classname="b.cmd" time="0"/>
    <testcase name="keeps running and ends cleanly" classname="b.cmd" time="0"/>
    <system-out>iocInit
</system-out>
  </testsuite>
</testsuites>
`,
  )
})

test('what was not checked is skipped', () => {
  const xml = junitXml([resultOf(smokeRun({ readiness: 'timeout' }))])
  expect(xml).toContain(
    '<testcase name="keeps running and ends cleanly" classname="st.cmd" time="0"><skipped/>',
  )
  expect(xml).toContain('skipped="1"')
})

test('what was not tested is a failure', () => {
  const unfinished = [stoppedBy('SIGTERM', { name: 'b & c.cmd', step: 'starts' })]
  const xml = junitXml([resultOf(smokeRun())], unfinished)
  expect(xml).toContain('<testsuites name="e3 smoke" tests="4" failures="1" ')
  expect(xml).toContain(`
  <testsuite name="b &amp; c.cmd" tests="1" failures="1" errors="0" skipped="0" time="0">
    <testcase name="starts" classname="b &amp; c.cmd" time="0">
      <failure type="SMOKE_INTERRUPTED" message="b &amp; c.cmd is not tested: `)
})

test('markup and characters that XML does not allow are written out', () => {
  const xml = junitXml([resultOf(smokeRun({}, 'a<b>&"c"\u0007\ud800\u{1f600}\tend'))])
  expect(xml).toContain('<system-out>a&lt;b&gt;&amp;"c"\\u0007\\ud800\u{1f600}\tend</system-out>')
})
