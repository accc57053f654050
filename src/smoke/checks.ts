import { type Diagnostic, diagnostic, hasErrors } from '../text/diagnostic.ts'
import { baseName } from '../text/paths.ts'
import { quoteShellWord } from '../text/shell-words.ts'
import type { Source } from '../text/source.ts'
import { type Span, spanOf } from '../text/span.ts'
import { type Expectation, formatExpectation, hasValue, type PvReading } from './expectation.ts'
import type { ProcessEnd, PvOutcome, SmokeRun } from './smoke-run.ts'
import { lastLine } from './transcript.ts'

/** One thing that was checked; it is passed if it has no error. */
export interface Check {
  readonly name: string
  readonly diagnostics: readonly Diagnostic[]
  /** The IOC did not come far enough to check this. */
  readonly isSkipped: boolean
}

export interface CheckOptions {
  /** Lines of the console that match one of these are no errors. */
  readonly allowed: readonly RegExp[]
  /** Seconds until an IOC must run. */
  readonly timeout: number
  /** Seconds that it ran before its PVs were read. */
  readonly settle: number
}

/** Everything that is checked on one IOC, in the order in which it happens. */
export function checksOf(run: SmokeRun, options: CheckOptions): Check[] {
  const isRunning = run.readiness === 'running'
  const whenRunning = (name: string, diagnostics: readonly Diagnostic[]): Check => ({
    ...{ name, diagnostics: isRunning ? diagnostics : [] },
    isSkipped: !isRunning,
  })
  return [
    check('starts', [...run.planning, ...startFindings(run, options)]),
    ...run.pvs.map(({ expectation, outcome }) =>
      whenRunning(
        `PV ${formatExpectation(expectation)}`,
        pvFindings(run, { expectation, outcome }, options),
      ),
    ),
    check('no ERROR line', errorLines(run, options.allowed)),
    whenRunning('keeps running and ends cleanly', endFindings(run)),
  ]
}

export function isPassed(checks: readonly Check[]): boolean {
  return !checks.some(({ diagnostics }) => hasErrors(diagnostics))
}

function check(name: string, diagnostics: readonly Diagnostic[]): Check {
  return { name, diagnostics, isSkipped: false }
}

function startFindings(run: SmokeRun, { timeout }: CheckOptions): Diagnostic[] {
  const at = lastLine(run.transcript)?.at
  const { name } = run.target
  switch (run.readiness) {
    case 'running':
      return []
    case 'ended':
      // What iocsh reported is the reason; that nothing was started follows from it.
      if (hasErrors(run.planning)) return []
      return [
        diagnostic('SMOKE_ENDED', `the IOC of ${name} ${howEnded(run.end)} before it ran`, { at }),
      ]
    case 'timeout':
      return [
        diagnostic('SMOKE_TIMEOUT', `the IOC of ${name} does not run after ${timeout} s`, {
          at,
          notes: at ? [{ message: 'the line above is the last one that it printed' }] : [],
          hint: `give it more time: --timeout ${longer(timeout)}`,
        }),
      ]
    case 'not initialised':
      return [
        diagnostic('SMOKE_NOT_INITIALISED', `the IOC of ${name} runs without iocInit`, {
          ...{ at, hint: 'remove -i from the arguments, or call iocInit in the startup script' },
        }),
      ]
  }
}

interface ReadPv {
  readonly expectation: Expectation
  readonly outcome: PvOutcome
}

function pvFindings(
  run: SmokeRun,
  { expectation, outcome }: ReadPv,
  { settle }: CheckOptions,
): Diagnostic[] {
  const { name, value } = expectation
  const where = `the IOC of ${run.target.name}`
  switch (outcome.kind) {
    case 'missing':
      return [
        diagnostic('SMOKE_PV_MISSING', `${where} has no PV ${name}`, {
          hint: `see its records: iocsh ${run.target.words.map(quoteShellWord).join(' ')} -c dbl`,
        }),
      ]
    case 'unreadable':
      return [
        diagnostic('SMOKE_PV_UNREADABLE', `PV ${name} of ${where} cannot be read`, {
          notes: [{ message: outcome.reason }],
        }),
      ]
    case 'group':
      if (value === undefined) return []
      return [
        diagnostic('SMOKE_PV_UNREADABLE', `PV ${name} of ${where} has no single value`, {
          notes: [{ message: 'it is served over PV Access only, as groups of records are' }],
          hint: `check that it exists (--pv ${name}), and the value of one of its records`,
        }),
      ]
    case 'value':
      if (value === undefined || hasValue(outcome.reading, value)) return []
      return [
        wrongValue(`PV ${name} of ${where}`, { reading: outcome.reading, expectation, settle }),
      ]
  }
}

interface WrongValue {
  readonly reading: PvReading
  readonly expectation: Expectation
  /** Seconds that the IOC ran before. */
  readonly settle: number
}

function wrongValue(pv: string, { reading, expectation, settle }: WrongValue): Diagnostic {
  const { name, value = '' } = expectation
  const found = reading.isEmpty ? 'an empty array' : `"${reading.text}"`
  const isCut = reading.isCut && value.startsWith(reading.text)
  const whole = name.includes('.') ? `${name}$` : `${name}.VAL$`
  return diagnostic('SMOKE_PV_VALUE', `${pv} is ${found} and not "${value}"`, {
    hint: isCut
      ? `a string has at most 39 characters here; read all of it: --pv ${quoteShellWord(`${whole}=${value}`)}`
      : `if it gets this value later, wait longer before the PVs are read: --settle ${longer(settle)}`,
  })
}

/** Seconds that are worth another try. */
function longer(seconds: number): number {
  return Math.max(5, Math.ceil(seconds * 4))
}

function errorLines({ transcript, script }: SmokeRun, allowed: readonly RegExp[]): Diagnostic[] {
  return transcript.lines
    .filter(({ text, isError }) => isError && !allowed.some((one) => one.test(text)))
    .map(({ text, at }) =>
      diagnostic('SMOKE_ERROR_LINE', `the IOC reports: ${text.trim()}`, {
        at: (script && placeInScript(text, script)) ?? at,
        hint: "if it is expected: --allow 'PATTERN' with a pattern that matches it",
      }),
    )
}

/** iocsh.cpp: `ERROR st.cmd line 2: ...` names the script without its directory; older ones as it is. */
function placeInScript(text: string, script: Source): Span | undefined {
  const [, name, line] = /(?:\bERROR |^)(\S.*?) line (\d+):/.exec(text) ?? []
  if (name === undefined || baseName(name) !== baseName(script.name)) return undefined
  const lines = script.text.split('\n')
  const start = lines.slice(0, Number(line) - 1).reduce((sum, one) => sum + one.length + 1, 0)
  return spanOf(script, start, start + (lines[Number(line) - 1] ?? '').trimEnd().length)
}

function endFindings({ target, stop, end, transcript }: SmokeRun): Diagnostic[] {
  const at = lastLine(transcript)?.at
  const ioc = `the IOC of ${target.name}`
  const hint = 'see what it does on exit: its last lines are in the file of --log'
  switch (stop) {
    case 'none':
      return [diagnostic('SMOKE_ENDED', `${ioc} ${howEnded(end)} while it should run`, { at })]
    case 'exit':
      if (end.exitCode === 0) return []
      return [diagnostic('SMOKE_STOP', `${ioc} ${howEnded(end)} after exit`, { at, hint })]
    case 'SIGTERM':
      // Base dies of the signal; the embedded one runs its exit hooks and ends with 128 + signal.
      if (end.signal === 'SIGTERM' || end.exitCode === 0 || end.exitCode === 143) return []
      return [diagnostic('SMOKE_STOP', `${ioc} ${howEnded(end)} after SIGTERM`, { at, hint })]
    case 'SIGKILL':
      return [
        diagnostic('SMOKE_STOP', `${ioc} did not end after SIGTERM and was killed`, { at, hint }),
      ]
  }
}

function howEnded({ exitCode, signal }: ProcessEnd): string {
  return signal === undefined ? `ended with exit status ${exitCode ?? 0}` : `ended by ${signal}`
}
