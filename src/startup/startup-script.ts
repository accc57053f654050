import { printable } from '../text/printable.ts'
import { commandLine, scriptText, userText } from './command-line.ts'

/** What stands in the generated startup script. */
export interface StartupScript {
  /** Facts for the reader, each one line of the header. */
  readonly header: readonly (readonly [label: string, value: string])[]
  readonly variables: ReadonlyMap<string, string>
  /** Absolute path of the database with the versions of the modules. */
  readonly moduleRecords: string
  readonly parts: readonly ScriptPart[]
  /** What is added: `iocInit` or `iocRun`, and the commands after it. */
  readonly added: readonly string[]
}

/** The lines of one argument. */
export interface ScriptPart {
  /** The argument as it was written. */
  readonly label: string
  readonly text: string
}

/**
 * The text that the IOC runs; order as e3 5.1: variables, size of messages, records of the modules,
 * then what the user asked for, then what is added. `#-` comments are not echoed by the IOC shell.
 */
export function startupScriptText(script: StartupScript): string {
  const begin = [
    ...script.header.map(([label, value]) => `#- ${label.padEnd(9)} ${printable(value)}`),
    ...[...script.variables].map((setting) => commandLine('epicsEnvSet', setting)),
    'errlogInit2 2048 2047',
    commandLine('dbLoadRecords', [script.moduleRecords]),
  ]
  const parts = script.parts.map(partText)
  const end = script.added.map(userText)
  return [scriptText(begin), ...parts, ...end].join('')
}

function partText({ label, text }: ScriptPart): string {
  return scriptText([`#- ${printable(label)}`]) + userText(text)
}
