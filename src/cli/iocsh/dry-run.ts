import { finalCommand } from '../../startup/launch-file.ts'
import { type LaunchPlan, runFiles } from '../../startup/plan.ts'
import { quoteShellWord } from '../../text/shell-words.ts'

/** What `--dry-run` prints: every file that would be written, then the command. */
export function dryRunText(plan: LaunchPlan): string {
  const files = runFiles(plan).map((file) => ({ ...file, key: sortKey(file.path) }))
  files.sort((a, b) => (a.key < b.key ? -1 : 1))
  const shown = files.map(({ path, text }) => `--- ${path} ---\n${text}`)
  const command = finalCommand(plan.launch).map(quoteShellWord).join(' ')
  return [...shown, `--- command ---\n${command}`].join('\n')
}

/** In the order of somebody who follows the start; what is numbered, by its numbers. */
function sortKey(path: string): string {
  const found = groups.findIndex((group) => path.startsWith(group))
  const rank = found < 0 ? groups.length : found
  return `${rank} ${path.replace(/\d+/g, (digits) => digits.padStart(9, '0'))}`
}

const groups = ['startup.cmd', 'scripts/', 'require/', 'iocInit.cmd', 'modules.db']
