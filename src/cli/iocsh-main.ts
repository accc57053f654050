import { writeSync } from 'node:fs'
import { workingDirectory } from '../host/working-directory.ts'
import { exitCodes } from './context.ts'
import { createContext } from './host-context.ts'
import { iocsh } from './iocsh/iocsh.ts'
import { streamOutput } from './streams.ts'

/** bin/iocsh waits on this descriptor for the path of the launch file. */
const launchDescriptor = 8

const { env } = process
const pid = Number(env['IOCSH_PID'])
const cwd = workingDirectory()
const { IOCSH_PID: _pid, ...inherited } = env

const result = iocsh(process.argv.slice(2), {
  env: inherited,
  cwd,
  pid: pid || process.pid,
  uid: process.getuid?.() ?? 0,
})
const { format, quiet } = result.commandLine
const context = createContext(
  {
    stdout: streamOutput(() => process.stdout),
    stderr: streamOutput(() => process.stderr),
    setExitCode(code) {
      process.exitCode = code
    },
  },
  () => ({ format, quiet, noColor: Boolean(env['NO_COLOR']) }),
  { env: inherited, cwd },
)
void context.finish(result).then(() => {
  if (result.launchFile !== undefined) handOver(result.launchFile)
})

function handOver(path: string): void {
  try {
    writeSync(launchDescriptor, path)
  } catch {
    process.stderr.write('iocsh: start an IOC with bin/iocsh, not with this file\n')
    process.exitCode = exitCodes.usage
  }
}
