import { finalCommand } from '../../startup/launch-file.ts'
import type { LaunchPlan } from '../../startup/plan.ts'
import { quoteShellWord } from '../../text/shell-words.ts'

/** What `--dry-run` prints: every file that would be written, then the command. */
export function dryRunText({ files, launch }: LaunchPlan): string {
  const shown = files.map(({ path, text }) => `--- ${path} ---\n${text}`)
  const command = finalCommand(launch).map(quoteShellWord).join(' ')
  return [...shown, `--- command ---\n${command}`].join('\n')
}
