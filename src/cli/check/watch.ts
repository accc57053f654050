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
export async function watchJob(
  job: CheckJob,
  { context, show }: WatchOptions,
): Promise<CommandResult> {
  const changes = createBell()
  const watching = watchFolders(changes.ring)
  try {
    for (;;) {
      const result = await job.run()
      if (result.isNew && !(await print(result, show(result), context))) return { diagnostics: [] }
      const hasNewPlaces = watching.watchPlaces(watchedPlaces(result.asked()))
      // What has changed before a folder was watched was not told: no waiting then.
      if (!hasNewPlaces) await changes.rung()
    }
  } finally {
    watching.close()
  }
}

/** However often it rings before somebody waits for it, that is once. */
function createBell(): { ring(): void; rung(): Promise<void> } {
  let isRinging = false
  let wake = (): void => {}
  return {
    ring() {
      isRinging = true
      wake()
    },
    async rung() {
      if (!isRinging) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      isRinging = false
    },
  }
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
