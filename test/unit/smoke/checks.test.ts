import { expect, test } from 'vitest'
import { checksOf, isPassed } from '../../../src/smoke/checks.ts'
import type { SmokeRun } from '../../../src/smoke/smoke-run.ts'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { formatPlace } from '../../../src/text/span.ts'
import { smokeRun } from '../../support/smoke-runs.ts'

const options = { allowed: [], timeout: 30, settle: 1 }
const pv = (outcome: SmokeRun['pvs'][number]['outcome'], value?: string) => ({
  pvs: [{ expectation: { name: 'A', ...(value !== undefined && { value }) }, outcome }],
})
const reading = { kind: 'value', reading: { text: 'On', number: 1 } } as const
const mistake = diagnostic('MODULE_NOT_FOUND', 'module nosuch is not installed')

test.each<[title: string, run: Partial<SmokeRun>, codes: readonly string[]]>([
  ['a run without findings', {}, []],
  [
    'ended before it ran',
    { readiness: 'ended', stop: 'none', end: { exitCode: 5 } },
    ['SMOKE_ENDED'],
  ],
  [
    'mistakes in the script are the reason of the end',
    { readiness: 'ended', stop: 'none', end: { exitCode: 1 }, planning: [mistake] },
    ['MODULE_NOT_FOUND'],
  ],
  ['too slow', { readiness: 'timeout', stop: 'SIGTERM' }, ['SMOKE_TIMEOUT']],
  ['no iocInit', { readiness: 'not initialised' }, ['SMOKE_NOT_INITIALISED']],
  ['ended later', { stop: 'none', end: { signal: 'SIGSEGV' } }, ['SMOKE_ENDED']],
  ['bad status after exit', { stop: 'exit', end: { exitCode: 1 } }, ['SMOKE_STOP']],
  ['crash at exit', { stop: 'exit', end: { signal: 'SIGSEGV' } }, ['SMOKE_STOP']],
  ['ended by SIGTERM', { stop: 'SIGTERM', end: { signal: 'SIGTERM' } }, []],
  ['exit hooks at SIGTERM', { stop: 'SIGTERM', end: { exitCode: 143 } }, []],
  ['crash at SIGTERM', { stop: 'SIGTERM', end: { signal: 'SIGABRT' } }, ['SMOKE_STOP']],
  ['killed', { stop: 'SIGKILL', end: { signal: 'SIGKILL' } }, ['SMOKE_STOP']],
  ['a PV', pv(reading), []],
  ['a PV and its value', pv(reading, 'On'), []],
  ['a wrong value', pv(reading, 'Off'), ['SMOKE_PV_VALUE']],
  ['a missing PV', pv({ kind: 'missing' }), ['SMOKE_PV_MISSING']],
  ['a group', pv({ kind: 'group' }), []],
  ['the value of a group', pv({ kind: 'group' }, 'On'), ['SMOKE_PV_UNREADABLE']],
  ['no answer', pv({ kind: 'unreadable', reason: 'no answer' }), ['SMOKE_PV_UNREADABLE']],
])('%s', (_title, parts, codes) => {
  const checks = checksOf(smokeRun(parts), options)
  expect(checks.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual(codes)
  expect(isPassed(checks)).toBe(codes.length === 0)
})

test.each([
  [{ text: '', isEmpty: true }, 'A', '0', 'is an empty array and not "0"', '--settle'],
  [{ text: 'abc', isCut: true }, 'A', 'abcd', 'is "abc" and not "abcd"', "--pv 'A.VAL$=abcd'"],
  [{ text: 'abc', isCut: true }, 'A.DESC', 'abcd', 'is "abc" and', "--pv 'A.DESC$=abcd'"],
  [{ text: 'abc', isCut: true }, 'A', 'xbcd', 'is "abc" and', '--settle'],
])('a value that is not there, or not all of it: %j', (value, name, wanted, message, hint) => {
  const outcome = { kind: 'value', reading: value } as const
  const run = smokeRun({ pvs: [{ expectation: { name, value: wanted }, outcome }] })
  const [found] = checksOf(run, options).flatMap(({ diagnostics }) => diagnostics)
  expect(found?.message).toContain(message)
  expect(found?.hint).toContain(hint)
})

test('PVs are not checked if the IOC does not run', () => {
  const run = smokeRun({ readiness: 'timeout', ...pv({ kind: 'missing' }, 'On') })
  const skipped = checksOf(run, options).filter(({ isSkipped }) => isSkipped)
  expect(skipped.map(({ name }) => name)).toEqual(['PV A=On', 'keeps running and ends cleanly'])
})

test('every ERROR line is shown with its place, but for those that are allowed', () => {
  const run = smokeRun({}, 'iocInit\nERROR one\nok\nERROR 10.0.0.1\nERROR two\n')
  const [found] = checksOf(run, { ...options, allowed: [/10\.0\.0/, /one$/] }).filter(
    ({ name }) => name === 'no ERROR line',
  )
  expect(found?.diagnostics.map(({ code, at }) => [code, at?.start])).toEqual([
    ['SMOKE_ERROR_LINE', run.transcript.source.text.indexOf('ERROR two')],
  ])
})

test.each([
  ['ERROR st.cmd line 2: no such command', 'st.cmd:2:1'],
  ['\u001b[31;1mERROR\u001b[0m st.cmd line 3: no such command', 'st.cmd:3:1'],
  ['ERROR other.cmd line 2: no such command', '<console of st.cmd>:1:1'],
  ['ERROR of a driver', '<console of st.cmd>:1:1'],
])('%s is shown at %s', (line, place) => {
  const script = { name: 'iocs/a/st.cmd', text: 'iocInit\nnonsense\nmore\n' }
  const [, found] = checksOf(smokeRun({ script }, `${line}\n`), options)
  expect(found?.diagnostics.map(({ at }) => at && formatPlace(at))).toEqual([
    place.replace(/^st\.cmd/, 'iocs/a/st.cmd'),
  ])
})

test.each<[Partial<typeof options>, string, string]>([
  [{}, '--timeout 120', '--settle 5'],
  [{ timeout: 0, settle: 0 }, '--timeout 5', '--settle 5'],
  [{ timeout: 2.6, settle: 10 }, '--timeout 11', '--settle 40'],
])('%j: what to try is longer than that: %s, %s', (given, timeout, settle) => {
  const slow = smokeRun({ readiness: 'timeout', stop: 'SIGTERM' }, '')
  const hints = [slow, smokeRun(pv(reading, 'Off'))].flatMap((run) =>
    checksOf(run, { ...options, ...given }).flatMap(({ diagnostics }) =>
      diagnostics.map(({ hint }) => hint?.replace(/.*--/, '--')),
    ),
  )
  expect(hints).toEqual([timeout, settle])
})
