import type { CommandKnowledge } from '../../src/check/commands/calls.ts'
import { commandRules } from '../../src/check/commands/rules.ts'
import { commandSteps } from '../../src/check/commands/steps.ts'
import type { Command, CommandTable } from '../../src/check/commands/table.ts'
import { loadIoc } from '../../src/check/load/ioc.ts'
import type { ArgumentType } from '../../src/elf/command-definitions.ts'
import type { ResolvedModule } from '../../src/modules/resolution.ts'
import { fileFormats } from '../../src/startup/file-formats.ts'
import { walk } from '../../src/startup/walk.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { formatPlace } from '../../src/text/span.ts'
import { sourcesOf } from './sources.ts'

/** A command in short form: `dbpf name:string value:string`, behind a step `2 alphaHello`. */
export function commandTable(lines: readonly string[], isComplete = true): CommandTable {
  const commands = ['iocshLoad ?', ...lines].map((line): Command => {
    const [, step = '0', name = '', list = ''] = /^(?:(\d+) )?(\S+) ?(.*)$/.exec(line) ?? []
    const args = list === '?' ? undefined : list.split(' ').filter(Boolean)
    const definitions = args?.map((one) => {
      const [argument = '', type = 'string'] = one.split(':')
      return { name: argument, type: type as ArgumentType }
    })
    return { name, step: Number(step), ...(definitions && { arguments: definitions }) }
  })
  return {
    commands: new Map(commands.map((one) => [one.name, one])),
    variables: new Set(['dbRecordsOnceOnly']),
    isComplete,
  }
}

/** What a script is checked with. */
export interface ScriptCheck {
  readonly table: CommandTable
  /** Further files in the folder of the script. */
  readonly files?: Readonly<Record<string, string>>
  readonly modules?: readonly ResolvedModule[]
  readonly whoHas?: CommandKnowledge['whoHas']
  /** Default: no library of the script does. */
  readonly mayMakePorts?: boolean
  /** Text of the dbd file of the base. */
  readonly dbd?: string
}

/** Walks the script `/here/st.cmd`. */
export function walkScript(
  script: string,
  { files = {}, modules = [], dbd }: Omit<ScriptCheck, 'table' | 'whoHas' | 'mayMakePorts'>,
) {
  const cwd = '/here'
  const texts = Object.entries({ ...files, 'st.cmd': script })
  const reader = sourcesOf({
    ...Object.fromEntries(texts.map(([name, text]) => [`${cwd}/${name}`, text])),
    ...(dbd !== undefined && { '/base/dbd/softIocPVA.dbd': dbd }),
  })
  const line = { name: '<command line>', text: "iocshLoad 'st.cmd'\n" }
  const outcome = walk({
    formats: () => fileFormats,
    parts: [{ at: { source: line, start: 11, end: 17 }, source: line }],
    ...{ environment: new Map(), cwd, reader, modules, incomplete: false },
  })
  return { outcome, reader }
}

/** The findings of the rules about commands for the script `/here/st.cmd`. */
export function checkScript(
  script: string,
  { table, whoHas, mayMakePorts = false, ...files }: ScriptCheck,
): Diagnostic[] {
  const { outcome, reader } = walkScript(script, files)
  const { dbd } = files
  const { ioc } = loadIoc({
    ...{ name: 'st.cmd', outcome, reader },
    dbd: dbd === undefined ? undefined : '/base/dbd/softIocPVA.dbd',
  })
  const steps = commandSteps(outcome.events, new Map())
  const knowledge = { table, steps, mayMakePorts: () => mayMakePorts, ...(whoHas && { whoHas }) }
  return commandRules(knowledge, reader).flatMap((rule) => [...rule(ioc)])
}

/** `error COMMAND_UNKNOWN st.cmd:1:1`. */
export function shortForm({ severity, code, at }: Diagnostic): string {
  return `${severity} ${code} ${at ? formatPlace(at) : ''}`.trim()
}
