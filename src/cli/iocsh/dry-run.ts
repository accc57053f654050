import { finalCommand } from '../../startup/launch-file.ts'
import { type LaunchPlan, runFiles } from '../../startup/plan.ts'
import { quoteShellWord } from '../../text/shell-words.ts'

/** What `--dry-run` prints: every file that would be written, then the command. */
export function dryRunText(plan: LaunchPlan): string {
  // Made only here: a collator costs 6 ms, which a start must not pay.
  const { compare } = new Intl.Collator('en', { numeric: true })
  const files = runFiles(plan).sort(
    (a, b) => rank(a.path) - rank(b.path) || compare(a.path, b.path),
  )
  const shown = files.map(({ path, text }) => `--- ${path} ---\n${text}`)
  const command = finalCommand(plan.launch).map(quoteShellWord).join(' ')
  return [...shown, `--- command ---\n${command}`].join('\n')
}

/** As somebody reads them who follows the start. */
function rank(path: string): number {
  const order = [/^startup\.cmd$/, /^scripts\//, /^require\//, /^iocInit\.cmd$/, /^modules\.db$/]
  const found = order.findIndex((pattern) => pattern.test(path))
  return found < 0 ? order.length : found
}
