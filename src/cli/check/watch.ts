import { watchFolders } from '../../host/watch.ts'
import { watchedPlaces } from '../../host/watched-places.ts'
import { counted } from '../../text/count.ts'
import type { CliContext, CommandResult } from '../context.ts'
import type { CheckJob, JobResult } from './job.ts'

/** How a result is shown. */
export interface WatchOptions {
  readonly context: CliContext
  show(result: JobResult): {
    readonly pieces: Iterable<string>
    readonly summary?: string | undefined
  }
}

/**
 * Shows what is wrong, and again when a file that was read changes, until nobody reads it any more or
 * a signal such as ^C ends this process, in the middle of its work, too.
 */
export function watchJob(job: CheckJob, { context, show }: WatchOptions): Promise<CommandResult> {
  return new Promise<CommandResult>((resolve, reject) => {
    let running = Promise.resolve()
    let isWanted = false
    const look = async (): Promise<void> => {
      isWanted = false
      const result = await job.run()
      if (result.isNew && !(await print(result, show(result), context))) return end()
      // What has changed before a folder was watched was not told.
      if (watching.watchPlaces(watchedPlaces(result.asked()))) lookAgain()
    }
    const lookAgain = (): void => {
      if (isWanted) return
      isWanted = true
      // A bug ends the watch as it ends any command.
      running = running.then(look).catch(reject)
    }
    const watching = watchFolders(lookAgain)
    const end = (): void => {
      watching.close()
      resolve({ diagnostics: [] })
    }
    lookAgain()
  })
}

/** False if nobody reads. */
async function print(
  { sources }: JobResult,
  { pieces, summary }: ReturnType<WatchOptions['show']>,
  { stdout, stderr }: CliContext,
): Promise<boolean> {
  if (stdout.isTerminal) stdout.write('\u001b[2J\u001b[3J\u001b[H')
  const isRead = await stdout.writeAll(pieces)
  if (summary) stderr.write(`${summary}\n`)
  if (stdout.isTerminal) {
    stderr.write(`watching ${counted(sources.size, 'file')}, ^C ends\n`)
  }
  return isRead
}
