import {
  openRememberedPlans,
  type StartFacts,
  type StartQuestion,
} from '../../host/remembered-plans.ts'
import { createRunDirectory, plansDirectory, writeRunFiles } from '../../host/run-directory.ts'
import { launchFile } from '../../startup/launch-file.ts'

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
  const plans = plansDirectory(place)
  const plan = plans === undefined ? undefined : openRememberedPlans(plans).find(question)
  if (!plan) return undefined
  const iocName = plan.nameFor(pid)
  const created = createRunDirectory({ ...place, iocName })
  if ('error' in created) return undefined
  const directory = created.value
  const files = plan.filesFor({ directory, iocName, pid, started })
  return files && !writeRunFiles(directory, files) ? `${directory}/${launchFile}` : undefined
}
