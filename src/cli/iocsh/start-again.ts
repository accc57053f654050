import {
  openRememberedPlans,
  type PrintedMessages,
  type StartFacts,
  type StartQuestion,
} from '../../host/remembered-plans.ts'
import {
  createRunDirectory,
  keptDirectories,
  runDirectoryPath,
  writeRunFiles,
} from '../../host/run-directory.ts'
import { launchFile } from '../../startup/launch-file.ts'
import { streamOutput } from '../streams.ts'

/**
 * Starts as an earlier start with the same arguments, environment and files did.
 *
 * @returns path of the launch file; nothing if there was no such start, or if anything is in the way
 * that is to be reported
 */
export function startAgain(
  question: StartQuestion,
  { pid, started }: Pick<StartFacts, 'pid' | 'started'>,
): string | undefined {
  const { XDG_RUNTIME_DIR: runtimeDirectory } = question.env
  const place = { pid, uid: question.uid, runtimeDirectory }
  const kept = keptDirectories(place)
  const plan = kept && openRememberedPlans(kept.plans).find(question)
  if (!plan || !canPrint(plan.messages)) return undefined
  const owner = { ...place, iocName: plan.nameFor(pid) }
  const filesIn = (directory: string) =>
    plan.filesFor({ directory, iocName: owner.iocName, pid, started })
  if (!filesIn(runDirectoryPath(owner))) return undefined
  const created = createRunDirectory(owner)
  if ('error' in created) return undefined
  const directory = created.value
  if (writeRunFiles(directory, filesIn(directory) ?? [])) return undefined
  if (plan.messages) process.stderr.write(plan.messages.text)
  return `${directory}/${launchFile}`
}

/** Colours and the width of excerpts are those of another terminal. */
function canPrint(messages: PrintedMessages | undefined): boolean {
  if (!messages) return true
  const { isTerminal, columns } = streamOutput(() => process.stderr)
  return messages.isTerminal === isTerminal && messages.columns === columns
}
