import { warningText } from '../../src/macro/warnings.ts'
import { type Converted, toDouble, toInteger } from '../../src/shell/arguments.ts'
import { createShell } from '../../src/shell/shell.ts'
import type {
  CommandCall,
  CommandOutcome,
  Redirection,
  Shell,
  ShellHost,
  ShellProblem,
} from '../../src/shell/types.ts'

/** A line of output: an echo, or the record of a call. */
export interface Recorded {
  readonly text: string
  readonly call?: { readonly name: string; readonly values: readonly unknown[] }
  /** It went to a file. */
  readonly hidden: boolean
}

export interface Recording {
  readonly shell: Shell
  readonly records: readonly Recorded[]
  readonly messages: readonly string[]
  /** Files made by redirections, with their contents. */
  readonly written: ReadonlyMap<string, string>
}

export interface RecordingOptions {
  readonly files?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * A shell with the limits of the C code and the commands of the conformance sets: `args` shows its
 * words, `typed` its converted arguments, `fail` sets the error flag.
 */
export function recordingShell({ files = {}, environment = {} }: RecordingOptions): Recording {
  const records: Recorded[] = []
  const messages: string[] = []
  const written = new Map<string, string>()
  const print = (entry: Omit<Recorded, 'hidden'>, redirections: readonly Redirection[]) => {
    const output = redirections.find(({ fd }) => fd === 1)?.file.text
    records.push({ ...entry, hidden: output !== undefined })
    if (output !== undefined && written.has(output)) {
      written.set(output, `${written.get(output)}${entry.text}\n`)
    }
  }
  const host: ShellHost = {
    readScript(path, line) {
      const text = path === '/dev/null' ? '' : (files[path] ?? written.get(path))
      if (text === undefined && !line) messages.push(`Can't open ${path}`)
      return text === undefined ? undefined : { name: path, text }
    },
    command: (call) => run(call, print, messages),
    openRedirection: (redirection) => open(redirection, { files, written }),
    echo: (text, line) => print({ text }, line.run.redirections),
    problem(problem) {
      if (problem.kind !== 'repeated-redirection') messages.push(problemText(problem))
    },
    line: ({ expansion }) => messages.push(...(expansion?.warnings.map(warningText) ?? [])),
  }
  const variables = new Map(Object.entries(environment))
  const shell = createShell({ host, environment: variables, limits: 'exact', reading: 'exact' })
  return { shell, records, messages, written }
}

type Print = (entry: Omit<Recorded, 'hidden'>, redirections: readonly Redirection[]) => void

function run(call: CommandCall, print: Print, messages: string[]): CommandOutcome {
  const { name, words, redirections } = call
  if (name === 'fail') return 'error'
  if (name === 'args') {
    const values = words.map(({ text }) => text)
    print({ text: `@ARGV ${JSON.stringify(values)}`, call: { name, values } }, redirections)
    return 'ok'
  }
  return name === 'typed' ? runTyped(call, print, messages) : 'not-found'
}

function runTyped({ words, redirections }: CommandCall, print: Print, messages: string[]) {
  const [, string, int, double, persistent] = words.map(({ text }) => text)
  const integer = toInteger(int)
  const number = toDouble(double)
  if ('error' in integer || 'error' in number) {
    messages.push(
      'error' in integer ? failure('integer', int, integer) : failure('double', double, number),
    )
    return 'error'
  }
  const values = [string ?? null, integer.value, number.value, persistent ?? null]
  print({ text: `@TYPED ${JSON.stringify(values)}`, call: { name: 'typed', values } }, redirections)
  return 'ok'
}

function failure(type: string, text: string | undefined, result: Converted): string {
  return 'error' in result && result.error === 'out-of-range'
    ? `Integer '${text}' out of range`
    : `Illegal ${type} '${text}'`
}

interface Disk {
  readonly files: Readonly<Record<string, string>>
  readonly written: Map<string, string>
}

function open({ mode, file: { text: path } }: Redirection, { files, written }: Disk): boolean {
  if (path === '/dev/null') return true
  if (mode === 'read') return path in files || written.has(path)
  if (path === '' || path.startsWith('/')) return false
  if (mode === 'write' || !written.has(path)) written.set(path, '')
  return true
}

const usage = 'Usage: on error [continue | break | halt | wait <delay>]'

function problemText({ kind, name }: ShellProblem): string {
  switch (kind) {
    case 'unbalanced-quote':
      return 'Unbalanced quote.'
    case 'trailing-backslash':
      return 'Trailing backslash.'
    case 'illegal-redirection':
      return 'Illegal redirection.'
    case 'command-not-found':
      return `Command ${name} not found.`
    case 'script-not-found':
    case 'redirection-not-opened':
      return `Can't open ${name}`
    case 'missing-argument':
      return `Missing ${name} argument.`
    case 'wrong-usage':
      return usage
    case 'break':
      return 'iocsh Error: Break'
    case 'halt':
      return 'iocsh Error: Halt'
    case 'wait':
      return `iocsh Error: Waiting ${name} sec ...`
    default:
      return kind
  }
}

/**
 * Messages without what differs from version to version: the file and line in front, quotes around
 * names, the reason of the system. Long ones are cut by the error log, so they only count. What
 * `on error wait` says is left out: the data has the text of a version that complains about good
 * numbers (spec: an inverted test).
 */
export function comparable(messages: readonly string[]): string[] {
  return messages
    .filter((text) => !/^Usage: on error|^Unable to parse 'on error wait'/.test(text))
    .map((text) => text.replace(/^ERROR \S+ line \d+: /, ''))
    .map((text) => /^Can't open "?([^":]*)/.exec(text)?.[0].replaceAll('"', '') ?? text)
    .map((text) => (text.startsWith('<cut') || text.length > 240 ? '<long>' : text))
}
