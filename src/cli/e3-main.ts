import { workingDirectory } from '../host/working-directory.ts'
import { bugReport } from './bug-report.ts'
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
  { env: process.env, cwd: workingDirectory(), uid: process.getuid?.() ?? 0 },
)

e3Program(context, options, process.argv.slice(2))
  .then((program) => program.parseAsync())
  .catch((error: unknown) => {
    const end = endOf(error)
    if (end === 'usage') process.exitCode = exitCodes.usage
    else if (end === undefined) {
      process.stderr.write(bugReport('e3', error))
      process.exitCode = exitCodes.bug
    }
  })
