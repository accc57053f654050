import type { CommandCall } from '../../shell/types.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { isTypo, suggest } from '../../text/suggest.ts'
import type { IocRule } from '../types.ts'
import { type CommandKnowledge, commandCalls, isIncomplete, lacksModule } from './calls.ts'
import { mostSearched } from './ports.ts'
import { type CommandTable, ownCommands } from './table.ts'

/**
 * Commands that the IOC does not have (`Command 'x' not registered.`), each name once, and commands
 * that stand in front of the line which brings them.
 */
export function unknownCommands(knowledge: CommandKnowledge): IocRule {
  return function* ({ outcome }) {
    if (!outcome) return
    const { table, steps } = knowledge
    const unknown = new Map<string, CommandCall[]>()
    for (const { call, event } of commandCalls(outcome)) {
      const command = table.commands.get(call.name)
      const step = command && command.step > 0 ? steps[command.step - 1] : undefined
      if (step && step.event > event) yield tooEarly(call, { outcome, step })
      if (command || ownCommands.has(call.name)) continue
      const before = unknown.get(call.name)
      if (before) before.push(call)
      else unknown.set(call.name, [call])
    }
    const found = [...unknown.values()].flatMap((calls, index) =>
      notThere(calls, { knowledge, outcome, isSearched: index < mostSearched }),
    )
    yield* foldProgram(found)
  }
}

/** A command that the IOC does not have. */
interface UnknownCommand {
  readonly name: string
  readonly finding: Diagnostic
  /** Neither a near name nor a module of it is known. */
  readonly isForeign: boolean
}

/**
 * `ioc_registerRecordDeviceDriver` shows that a script is written for a program of its own: that the
 * other commands of that program are not there either follows from it and is said with it.
 */
function foldProgram(found: readonly UnknownCommand[]): Diagnostic[] {
  const program = found.find(({ name, isForeign }) => isForeign && name.endsWith(registration))
  if (!program) return found.map(({ finding }) => finding)
  const others = found.filter((one) => one.isForeign && one !== program)
  const kept = found.filter((one) => !others.includes(one))
  return kept.map((one) => (one === program ? withOthers(one.finding, others) : one.finding))
}

function withOthers(finding: Diagnostic, others: readonly UnknownCommand[]): Diagnostic {
  const [first] = others
  if (!first) return finding
  const names = others.slice(0, mostNamed).map(({ name }) => name)
  const more = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : ''
  const message = `nor has it the other commands of that program: ${names.join(', ')}${more}`
  const at = first.finding.at
  return { ...finding, notes: [...finding.notes, { message, ...(at && { at }) }] }
}

const mostNamed = 8

function tooEarly(
  { name, line, words }: CommandCall,
  { outcome, step }: { outcome: WalkOutcome; step: CommandKnowledge['steps'][number] },
): Diagnostic {
  const { events, places } = outcome
  const event = events[step.event]
  const loader = event?.kind === 'load' ? event.file.call : event?.call
  return diagnostic(
    'COMMAND_BEFORE_MODULE',
    `${name} comes with ${step.what}, which is not loaded yet`,
    {
      at: places.of(line, words[0]),
      notes: loader ? [{ message: 'loaded here', at: places.of(loader.line) }] : [],
      hint: `move the line that loads it in front of this one: ${loader?.line.text.trim() ?? ''}`,
    },
  )
}

interface Context {
  readonly knowledge: CommandKnowledge
  readonly outcome: WalkOutcome
  /** Near names are looked for. */
  readonly isSearched: boolean
}

function notThere(
  [first, ...others]: readonly CommandCall[],
  { knowledge, outcome, isSearched }: Context,
): UnknownCommand[] {
  if (!first) return []
  const { table, steps, whoHas } = knowledge
  // A module that is not there may require those that have it.
  const modules = lacksModule(outcome) ? [] : (whoHas?.(first.name) ?? [])
  const isSure = table.isComplete && !isIncomplete(outcome)
  const names = isSearched && modules.length === 0 ? nearNames(first.name, table) : []
  const near = isSure ? names : names.filter((one) => isTypo(first.name, one))
  // A module that is not there may have it.
  if (!isSure && near.length + modules.length === 0 && (steps.length > 0 || isIncomplete(outcome)))
    return []
  // Where something else is wrong with the modules, the IOC was not asked with all of them.
  if (!isSure && loadedOf(modules, outcome) !== undefined) return []
  const at = outcome.places.of(first.line, first.words[0])
  const finding = diagnostic('COMMAND_UNKNOWN', `the IOC has no command ${first.name || '""'}`, {
    at,
    notes: [...placesOf(others, outcome), ...providers(first.name, modules, outcome)],
    hint: hintFor(first.name, near, { modules, outcome }),
    severity: isSure ? 'error' : 'warning',
    fixes: fixOf(first.name, near, at),
  })
  return [{ name: first.name, finding, isForeign: near.length + modules.length === 0 }]
}

/** Names of registrations are made from names of programs: others are no nearer than any. */
function nearNames(name: string, { commands }: CommandTable): string[] {
  return name.endsWith(registration) ? [] : suggest(name, [...commands.keys(), ...ownCommands])
}

const registration = '_registerRecordDeviceDriver'

const noted = 3

function placesOf(calls: readonly CommandCall[], { places }: WalkOutcome): Note[] {
  const notes: Note[] = calls
    .slice(0, noted)
    .map(({ line, words }) => ({ message: 'also here', at: places.of(line, words[0]) }))
  if (calls.length > noted) notes.push({ message: `and ${calls.length - noted} times more` })
  return notes
}

function providers(command: string, modules: readonly string[], outcome: WalkOutcome): Note[] {
  const own = loadedOf(modules, outcome)
  if (own !== undefined)
    return [{ message: `it is in the library of ${own}, but no dbd file registers it` }]
  return modules.length > 0
    ? [{ message: `${command} is in the installed module ${modules.join(', ')}` }]
    : []
}

/** The module with the command that the IOC has: not all that is in a library gets registered. */
function loadedOf(modules: readonly string[], { loaded }: WalkOutcome): string | undefined {
  const names = new Set(loaded.map(({ name }) => name))
  return modules.find((module) => names.has(nameOf(module)))
}

/** `asyn 4.42.0` */
const nameOf = (module: string) => module.split(' ')[0] ?? module

function hintFor(
  name: string,
  near: readonly string[],
  { modules, outcome }: { modules: readonly string[]; outcome: WalkOutcome },
): string {
  if (name === '') return 'remove the line: quotes with nothing in them are no command'
  if (name.includes('#')) return 'a comment begins with "#": take away what stands in front of it'
  if (near.length > 0) return `did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`
  const own = loadedOf(modules, outcome)
  if (own !== undefined) return `add its registrar to the dbd file of ${nameOf(own)}`
  const [module] = modules
  if (module) return `in front of this line: require ${nameOf(module)}`
  if (name.endsWith(registration)) {
    const program = name.slice(0, -registration.length)
    return `the script is written for the program ${program}: require the modules it is made of instead`
  }
  if (assignment.test(name))
    return 'the IOC shell has no assignments: var sets a variable of the IOC, epicsEnvSet one of the environment'
  return 'require the module that has it in front of this line'
}

/** As in the shell of vxWorks. */
const assignment = /^\w+=/

/** A place inside a macro or a loaded command line cannot be edited like this. */
function fixOf(name: string, near: readonly string[], at: Span) {
  const [replacement, ...others] = near
  const isPlain = at.source.text.slice(at.start, at.end) === name
  const isSure =
    replacement !== undefined &&
    others.length === 0 &&
    !name.includes('#') &&
    isTypo(name, replacement)
  return isSure && isPlain ? [{ at, replacement }] : []
}
