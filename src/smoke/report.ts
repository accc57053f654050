import { hasErrors } from '../text/diagnostic.ts'
import { renderText } from '../text/render.ts'
import { type Check, isPassed } from './checks.ts'
import type { Readiness, SmokeRun } from './smoke-run.ts'
import type { Unfinished } from './unfinished.ts'

/** One IOC with what was found. */
export interface SmokeResult {
  readonly run: SmokeRun
  readonly checks: readonly Check[]
}

/** The report for people: a line an IOC, and a sum if there are several. */
export function reportText(results: readonly SmokeResult[]): string {
  const lines = results.map(resultLine)
  if (results.length === 1) return lines.join('\n')
  const failed = results.filter(({ checks }) => !isPassed(checks)).length
  const passed = results.length - failed
  return [...lines, `${results.length} IOCs: ${passed} passed, ${failed} failed`].join('\n')
}

/** One JSON object an IOC; the keys are documented in docs/guide/smoke-test.md. */
export function reportJson(results: readonly SmokeResult[]): string {
  return results
    .map(({ run, checks }) =>
      JSON.stringify({
        ...{ ioc: run.target.name, arguments: run.target.words, passed: isPassed(checks) },
        ...{ seconds: run.seconds, readiness: run.readiness, end: run.end },
        checks: checks.map((check) => ({ name: check.name, result: verdict(check) })),
      }),
    )
    .join('\n')
}

function resultLine({ run, checks }: SmokeResult): string {
  const word = isPassed(checks) ? 'ok  ' : 'FAIL'
  const state =
    run.readiness === 'running' ? `runs after ${run.seconds.toFixed(1)} s` : states[run.readiness]
  const parts = checks.map((check) => ({ check, word: verdict(check) }))
  const bad = parts.filter((part) => part.word === 'failed').map(({ check }) => check.name)
  const skipped = parts.filter((part) => part.word === 'skipped').length
  const pvs = run.pvs.length > 0 ? `, ${run.pvs.length} PV${run.pvs.length > 1 ? 's' : ''}` : ''
  const found = bad.length > 0 ? `; failed: ${bad.join(', ')}` : pvs
  const unchecked = skipped > 0 ? `; ${skipped} not checked` : ''
  return `${word} ${run.target.name}: ${state}${found}${unchecked}`
}

const states: Readonly<Record<Exclude<Readiness, 'running'>, string>> = {
  'not initialised': 'runs without iocInit',
  timeout: 'does not run in time',
  ended: 'ended before it ran',
}

function verdict({ diagnostics, isSkipped }: Check): 'passed' | 'failed' | 'skipped' {
  if (isSkipped) return 'skipped'
  return hasErrors(diagnostics) ? 'failed' : 'passed'
}

/**
 * What all IOCs printed, for `--log`: first what `iocsh` reported, then the console of the IOC; and
 * why others were not tested.
 */
export function smokeLog(
  results: readonly SmokeResult[],
  unfinished: readonly Unfinished[] = [],
): string {
  const hasTitles = results.length + unfinished.length > 1
  const block = (name: string, lines: readonly string[]) =>
    [...(hasTitles ? [`==== ${name}`] : []), ...lines, ''].join('\n')
  return [
    ...results.map(({ run }) =>
      block(run.target.name, [
        ...run.planning.map((item) => renderText(item)),
        run.transcript.source.text.trimEnd(),
      ]),
    ),
    ...unfinished.map(({ name, diagnostics }) =>
      block(
        name,
        diagnostics.map((item) => renderText(item)),
      ),
    ),
  ].join('\n')
}
