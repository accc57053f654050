import { workingDirectory } from '../host/working-directory.ts'
import { exitCodes } from './context.ts'
import { e3Program, endOf, type GlobalOptions } from './e3.ts'
import { createContext } from './host-context.ts'
import { streamOutput } from './streams.ts'

const options: GlobalOptions = { format: 'text', quiet: false }
const context = createContext(
  {
    stdout: streamOutput(() => process.stdout),
    stderr: streamOutput(() => process.stderr),
    setExitCode(code) {
      process.exitCode = code
    },
  },
  () => ({ ...options, noColor: Boolean(process.env['NO_COLOR']) }),
  { env: process.env, cwd: workingDirectory() },
)

e3Program(context, options)
  .parseAsync()
  .catch((error: unknown) => {
    const end = endOf(error)
    if (end === 'usage') process.exitCode = exitCodes.usage
    else if (end === undefined) reportBug(error)
  })

/** No diagnostic: the mistake is ours, and only here a stack trace helps. */
function reportBug(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`e3: this is a bug in e3-iocsh, please report it:\n${text}\n`)
  process.exitCode = exitCodes.bug
}
