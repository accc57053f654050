import { quoteShellWord, splitShellWords } from '../text/shell-words.ts'
import type { Tool } from './request.ts'

/** Name of the launch file in the run directory. */
export const launchFile = 'launch.sh'

/** What the shell of `bin/iocsh` does last. */
export interface Launch {
  /** Variables that are set or changed for the IOC. */
  readonly environment: ReadonlyMap<string, string>
  /** The IOC and its arguments. */
  readonly command: readonly string[]
  readonly realtime: boolean
  readonly tool?: Tool | undefined
}

/** The command that the shell becomes: the IOC, perhaps under a tool and with real-time priority. */
export function finalCommand({ command, realtime, tool }: Omit<Launch, 'environment'>): string[] {
  const under = tool ? [...toolCommand(tool), ...command] : [...command]
  return realtime ? ['chrt', '--fifo', '1', ...under] : under
}

/**
 * The launch file, which `bin/iocsh` reads with `.`: POSIX shell text that sets the environment and
 * ends with `exec`. Core dumps are allowed as far as the system lets us, as in e3. Run by hand, it
 * goes to the working directory of the start, where `bin/iocsh` is in any case.
 */
export function launchFileText(launch: Launch, cwd: string): string {
  const settings = [...launch.environment]
  if (launch.realtime) settings.push(['LD_BIND_NOW', '1'])
  return [
    '# Written by iocsh; bin/iocsh reads it and becomes the IOC.',
    `[ -n "\${iocsh_launch-}" ] || cd -- ${quoteShellWord(cwd)} || exit`,
    'unset iocsh_launch',
    ...settings.map(([name, value]) => `export ${name}=${quoteShellWord(value)}`),
    'ulimit -c unlimited 2>/dev/null || ulimit -S -c "$(ulimit -H -c)" 2>/dev/null || :',
    `exec ${finalCommand(launch).map(quoteShellWord).join(' ')}`,
    '',
  ].join('\n')
}

/** `--args` must stand last for gdb; e3 5.0 asks the user to write it, we add it when it is missing. */
function toolCommand({ kind, arguments: given }: Tool): string[] {
  const words = given && splitShellWords(given).words.map(({ text }) => text)
  switch (kind) {
    case 'gdb': {
      const options = words ?? ['--eval-command', 'run']
      return ['gdb', ...options.filter((word) => word !== '--args'), '--args']
    }
    case 'valgrind':
      return ['valgrind', ...(words ?? ['--leak-check=full'])]
    case 'strace':
      return ['strace', ...(words ?? ['-f'])]
  }
}
