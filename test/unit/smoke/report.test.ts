import { expect, test } from 'vitest'
import { checksOf } from '../../../src/smoke/checks.ts'
import { reportJson, reportText, smokeLog } from '../../../src/smoke/report.ts'
import type { SmokeRun } from '../../../src/smoke/smoke-run.ts'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { smokeRun } from '../../support/smoke-runs.ts'

const resultOf = (run: SmokeRun) => ({
  run,
  checks: checksOf(run, { allowed: [], timeout: 30, settle: 1 }),
})
const pvs = (...names: string[]) =>
  names.map((name) => ({
    expectation: { name },
    outcome: { kind: 'value', reading: { text: '1', number: 1 } },
  })) satisfies SmokeRun['pvs']

const good = smokeRun({ pvs: pvs('A', 'B') })
const late = smokeRun({ readiness: 'timeout', pvs: pvs('A'), stop: 'SIGTERM' })

test('an IOC that passes is one line', () => {
  expect(reportText([resultOf(good)])).toBe('ok   st.cmd: runs after 0.8 s, 2 PVs')
})

test('several IOCs are summed up', () => {
  expect(reportText([good, late].map(resultOf))).toBe(
    [
      'ok   st.cmd: runs after 0.8 s, 2 PVs',
      'FAIL st.cmd: does not run in time; failed: starts; 2 not checked',
      '2 IOCs: 1 passed, 1 failed',
    ].join('\n'),
  )
})

test('JSON: an object an IOC', () => {
  expect(
    reportJson([resultOf(late)])
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      ioc: 'st.cmd',
      arguments: ['st.cmd'],
      passed: false,
      seconds: 0.75,
      readiness: 'timeout',
      end: { exitCode: 0 },
      checks: [
        { name: 'starts', result: 'failed' },
        { name: 'PV A', result: 'skipped' },
        { name: 'no ERROR line', result: 'passed' },
        { name: 'keeps running and ends cleanly', result: 'skipped' },
      ],
    },
  ])
})

test('the log holds what iocsh reported and what the IOC printed, several IOCs apart', () => {
  const planning = [diagnostic('MODULE_NOT_FOUND', 'module x is not installed')]
  expect(smokeLog([resultOf(smokeRun({ planning }))])).toBe(
    'error[MODULE_NOT_FOUND]: module x is not installed\niocInit\n',
  )
  expect(smokeLog([good, good].map(resultOf))).toBe(
    '==== st.cmd\niocInit\n\n==== st.cmd\niocInit\n',
  )
})
