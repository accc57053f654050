import { writeSync } from 'node:fs'
import { workingDirectory } from '../host/working-directory.ts'
import type { FileFormats } from '../startup/walk-types.ts'
import { bugReport } from './bug-report.ts'
import { exitCodes } from './context.ts'
import { createContext } from './host-context.ts'
import type { Checker } from './iocsh/checker.ts'
import { iocsh } from './iocsh/iocsh.ts'
import { streamOutput } from './streams.ts'

/** Programs of dist/: see scripts/lib/start-cached.cjs. */
declare const require: (file: string) => {
  readonly checkLaunch: Checker
  readonly fileFormats: FileFormats
}

/** bin/iocsh waits on this descriptor for the path of the launch file. */
const launchDescriptor = 8

launch().catch((error: unknown) => {
  process.stderr.write(bugReport('iocsh', error))
  process.exitCode = exitCodes.bug
})

async function launch(): Promise<void> {
  const { IOCSH_PID: pid, ...env } = process.env
  const cwd = workingDirectory()
  const uid = process.getuid?.() ?? 0
  const result = iocsh(process.argv.slice(2), {
    ...{ env, cwd, uid },
    pid: Number(pid) || process.pid,
    // Half as much code again: read only if there is something to check.
    checker: () => require('./iocsh-check').checkLaunch,
    formats: () => require('./iocsh-check').fileFormats,
  })
  const { format, quiet } = result.commandLine
  const streams = {
    stdout: streamOutput(() => process.stdout),
    stderr: streamOutput(() => process.stderr),
    setExitCode(code: number) {
      process.exitCode = code
    },
  }
  const options = { format, quiet, noColor: Boolean(env['NO_COLOR']) }
  await createContext(streams, () => options, { env, cwd, uid }).finish(result)
  if (result.launchFile !== undefined) handOver(result.launchFile)
}

function handOver(path: string): void {
  try {
    writeSync(launchDescriptor, path)
  } catch {
    process.stderr.write('iocsh: start an IOC with bin/iocsh, not with this file\n')
    process.exitCode = exitCodes.usage
  }
}
