import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'
import { readDependencyRule } from '../../build/dependency-rule.ts'
import { onInterrupt } from '../interrupts.ts'
import { isFile } from '../is-file.ts'
import { killGroup, leadsGroup, suspendTogether } from '../process-group.ts'
import type { BuildState } from './build-state.ts'
import { buildFailure } from './failure.ts'
import { makeEnvironment, makeProgram } from './make.ts'
import { runCommand } from './run-command.ts'

/** How steps are run. */
export interface StepRun {
  /** Absolute: commands run here. */
  readonly folder: string
  /** From there; it is written when it is first asked for. */
  readonly makefile: () => string
  readonly jobs: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Called when the commands of a phase have begun: what needs nothing of them costs no time now. */
  started(running: readonly BuildStep[]): void
  /** Told each line of work: `compile src/x.c`. */
  progress(line: string): void
}

const phases: readonly BuildStep['kind'][] = ['preprocess', 'translate', 'compile', 'link']

/** What a run of steps did. */
export interface StepsRun {
  readonly ran: readonly BuildStep[]
  /** Empty if all is well; the log of each says why. */
  readonly failed: readonly BuildStep[]
}

/**
 * Runs the steps that are out of date, one phase after the other: what a phase made may be the same
 * as before, and the next one has nothing to do then. GNU make runs the steps of a phase, one alone
 * needs no make. All steps of a phase are tried, so that every mistake is found in one run. Nothing
 * of a failed step stays.
 *
 * Throws `PREREQUISITE_MISSING`, `BUILD_FAILED` if make cannot do its work, and system errors.
 */
export async function runSteps(
  steps: readonly BuildStep[],
  state: BuildState,
  run: StepRun,
): Promise<StepsRun> {
  const ran: BuildStep[] = []
  for (const phase of phases) {
    const stale = steps.filter((step) => step.kind === phase && !state.isCurrent(step))
    if (stale.length === 0) continue
    for (const { output } of stale) clear(join(run.folder, output))
    const ended = begin(stale, run, () => {
      for (const step of stale) isDone(step, state, run)
      state.save(state.staged)
    })
    try {
      if (ran.length > 0) state.save(state.staged)
      // What the next phases read, but for what this one makes.
      for (const step of steps) state.isCurrent(step)
      run.started(stale)
    } finally {
      await ended
    }
    ran.push(...stale)
    const failed = stale.filter((step) => !isDone(step, state, run))
    if (failed.length > 0) return { ran, failed }
  }
  return { ran, failed: [] }
}

/** Makes room for an output. */
function clear(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { force: true })
}

/** @param keep - called before this program is ended from outside: what is ready by then stays so */
function begin(steps: readonly BuildStep[], run: StepRun, keep: () => void): Promise<void> {
  const [first, second] = steps
  if (!first || second) return runMake(steps, run, keep)
  const ended = runCommand(first, { folder: run.folder, env: makeEnvironment(run.env) })
  run.progress(`${first.kind} ${first.subject}`)
  return ended
}

/** Notes a step that went well. */
function isDone(step: BuildStep, state: BuildState, { folder }: StepRun): boolean {
  const read = step.dependencyFile ? readText(join(folder, step.dependencyFile)) : ''
  const output = join(folder, step.output)
  state.hashes.forget(output)
  if (!isFile(output) || read === undefined) return false
  state.add(step, readDependencyRule(read))
  return true
}

async function runMake(steps: readonly BuildStep[], run: StepRun, keep: () => void): Promise<void> {
  const { folder, makefile, jobs, env, progress } = run
  const goals = steps.map(({ output }) => output)
  const args = ['-f', makefile(), `-j${jobs}`, '--keep-going', '--no-print-directory', ...goals]
  const { execa } = await import('execa')
  const make = execa(makeProgram(env), args, {
    ...{ cwd: folder, env: makeEnvironment(env), extendEnv: false },
    ...{ ...leadsGroup, stdin: 'ignore', reject: false },
  })
  // Told to end, make removes what is not complete, but ends no more than its shells: not the
  // compilers, which would go on writing.
  const releases = [
    suspendTogether(make.pid),
    onInterrupt(async () => {
      killGroup(make.pid, 'SIGTERM')
      await make
      keep()
    }),
  ]
  for await (const line of make) {
    if (!line.startsWith('make')) progress(line)
  }
  const { signal, exitCode, stderr } = await make
  for (const release of releases) release()
  if (exitCode !== undefined && exitCode < 3 && signal === undefined) return
  const notes = stderr
    .split('\n')
    .slice(0, 5)
    .map((message) => ({ message }))
  throw buildFailure('BUILD_FAILED', `make was ended by ${signal ?? `status ${exitCode}`}`, {
    notes,
  })
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
