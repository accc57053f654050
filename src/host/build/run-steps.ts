import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'
import { readDependencyRule } from '../../build/dependency-rule.ts'
import { onInterrupt } from '../interrupts.ts'
import { isFile } from '../is-file.ts'
import type { BuildState } from './build-state.ts'
import { buildFailure } from './failure.ts'
import { makeEnvironment, makeProgram } from './make.ts'

/** How steps are run. */
export interface StepRun {
  /** Absolute: commands run here. */
  readonly folder: string
  /** From there. */
  readonly makefile: string
  readonly jobs: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Called once a run of make has begun. */
  started(): void
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
 * Runs the steps that are out of date by GNU make, one phase after the other: what a phase made may
 * be the same as before, and the next one has nothing to do then. All steps of a phase are tried, so
 * that every mistake is found in one run. Nothing of a failed step stays.
 *
 * Throws `BUILD_FAILED` if make cannot do its work, and system errors.
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
    ran.push(...stale)
    const failed = await runPhase(stale, state, run)
    if (failed.length > 0) return { ran, failed }
  }
  return { ran, failed: [] }
}

async function runPhase(
  steps: readonly BuildStep[],
  state: BuildState,
  run: StepRun,
): Promise<BuildStep[]> {
  for (const step of steps) {
    const path = join(run.folder, step.output)
    mkdirSync(dirname(path), { recursive: true })
    rmSync(path, { force: true })
  }
  await runMake(
    steps.map(({ output }) => output),
    run,
  )
  const failed: BuildStep[] = []
  for (const step of steps) {
    const read = step.dependencyFile ? readText(join(run.folder, step.dependencyFile)) : ''
    const output = join(run.folder, step.output)
    state.hashes.forget(output)
    if (!isFile(output) || read === undefined) failed.push(step)
    else state.add(step, readDependencyRule(read))
  }
  return failed
}

async function runMake(goals: readonly string[], run: StepRun): Promise<void> {
  const { folder, makefile, jobs, env, progress, started } = run
  const args = ['-f', makefile, `-j${jobs}`, '--keep-going', '--no-print-directory', ...goals]
  const { execa } = await import('execa')
  const make = execa(makeProgram(env), args, {
    ...{ cwd: folder, env: makeEnvironment(env), extendEnv: false },
    ...{ stdin: 'ignore', reject: false },
  })
  started()
  // ^C reaches make itself; told to end otherwise, we pass it on: make removes what is not complete.
  const release = onInterrupt(async () => {
    make.kill('SIGTERM')
    await make
  })
  for await (const line of make) {
    if (!line.startsWith('make')) progress(line)
  }
  const { signal, exitCode, stderr } = await make
  release()
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
