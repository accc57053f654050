import { writeSync } from 'node:fs'
import { localTime } from '../host/local-time.ts'
import { observeFiles } from '../host/observed-files.ts'
import { rememberedAnswers } from '../host/remembered-answers.ts'
import { openRememberedPlans, type StartQuestion } from '../host/remembered-plans.ts'
import { keptDirectories } from '../host/run-directory.ts'
import { isStandardInputAtEnd } from '../host/standard-input.ts'
import { workingDirectory } from '../host/working-directory.ts'
import { bugReport } from './bug-report.ts'
import { exitCodes } from './context.ts'
import { startAgain } from './iocsh/start-again.ts'
import type { PlanStart } from './iocsh-plan-main.ts'

/** Programs of dist/: see scripts/lib/start-cached.cjs. */
declare const require: {
  (file: './iocsh-plan'): { readonly planStart: PlanStart }
  /** What later programs get in place of modules of Node. */
  readonly instead: Map<string, unknown>
}

/** The build puts in what changes with the code of the launcher. */
const build = '__E3_BUILD_MARK__'

/** bin/iocsh waits on this descriptor for the path of the launch file. */
const launchDescriptor = 8

launch().catch((error: unknown) => {
  process.stderr.write(bugReport('iocsh', error))
  process.exitCode = exitCodes.bug
})

/** What has not changed since an earlier start needs no plan: see host/remembered-plans.ts. */
async function launch(): Promise<void> {
  const { IOCSH_PID: ownPid, ...env } = process.env
  const pid = Number(ownPid) || process.pid
  const question: StartQuestion = {
    ...{ build, words: process.argv.slice(2), cwd: workingDirectory(), env },
    ...{ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    isStdinAtEnd: isStandardInputAtEnd(),
  }
  const again = startAgain(question, { pid, started: localTime(new Date()) })
  const launchFile = again ?? (await startAnew(question, pid))
  if (launchFile !== undefined) handOver(launchFile)
}

async function startAnew(question: StartQuestion, pid: number): Promise<string | undefined> {
  const begun = Date.now()
  const observed = observeFiles()
  require.instead.set('node:fs', observed.files)
  const { words, ...surroundings } = question
  const { build, uid, env } = question
  const place = { runtimeDirectory: env['XDG_RUNTIME_DIR'], uid }
  const answers = rememberedAnswers(
    { directory: keptDirectories(place)?.answers, build, begun },
    observed,
  )
  const { start, messages } = await require('./iocsh-plan').planStart(
    words,
    { ...surroundings, pid, planned: observed.stop },
    answers,
  )
  if (!start) return undefined
  // The first start of a user has made it.
  const kept = keptDirectories(place)
  if (kept) {
    answers.write(kept.answers)
    openRememberedPlans(kept.plans).keep(question, { ...start, messages, begun }, observed)
  }
  return start.launchFile
}

function handOver(path: string): void {
  try {
    writeSync(launchDescriptor, path)
  } catch {
    process.stderr.write('iocsh: start an IOC with bin/iocsh, not with this file\n')
    process.exitCode = exitCodes.usage
  }
}
