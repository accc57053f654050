import { dirname } from 'node:path'
import { waitForInterrupt } from '../../host/interrupts.ts'
import { watchFolders } from '../../host/watch.ts'
import { counted } from '../../text/count.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import type { CheckJob, JobResult } from './job.ts'

/** How a result is shown. */
export interface WatchOptions {
  readonly context: CliContext
  show(result: JobResult): {
    readonly pieces: Iterable<string>
    readonly summary?: string | undefined
  }
}

/** Shows what is wrong, and again when a file that was read changes, until ^C. */
export async function watchJob(
  job: CheckJob,
  { context, show }: WatchOptions,
): Promise<CommandResult> {
  let running = Promise.resolve()
  let fail = (_error: unknown): void => {}
  // A bug ends the watch as it ends any command.
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  const look = async (): Promise<void> => {
    const result = await job.run()
    watching.setFolders(foldersOf(result))
    if (result.isNew) await print(result, show(result), context)
  }
  const lookAgain = (): void => {
    running = running.then(look).catch(fail)
  }
  const watching = watchFolders(lookAgain)
  lookAgain()
  try {
    await Promise.race([waitForInterrupt(), failed])
  } finally {
    watching.close()
  }
  await running
  return { diagnostics: [], exitCode: exitCodes.interrupted }
}

async function print(
  { sources }: JobResult,
  { pieces, summary }: ReturnType<WatchOptions['show']>,
  { stdout, stderr }: CliContext,
): Promise<void> {
  if (stdout.isTerminal) stdout.write('\u001b[2J\u001b[3J\u001b[H')
  await stdout.writeAll(pieces)
  if (summary) stderr.write(`${summary}\n`)
  if (stdout.isTerminal) {
    stderr.write(`watching ${counted(sources.size, 'file')}, ^C ends\n`)
  }
}

/** Where something may change what was found: files that were read, and places where some were missing. */
function foldersOf({ results, folders }: JobResult): Set<string> {
  const watched = new Set(folders)
  for (const { recorder } of results) {
    for (const path of recorder.asked.keys()) watched.add(dirname(path))
  }
  return watched
}
