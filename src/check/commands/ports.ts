import type { LoadedField, Place } from '../../database/records/types.ts'
import type { CommandCall } from '../../shell/types.ts'
import { baseCommands } from '../../startup/base-commands.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import type { Severity } from '../../text/codes.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import { once } from '../../text/once.ts'
import type { Span } from '../../text/span.ts'
import { didYouMean } from '../../text/suggest.ts'
import { type CommandKnowledge, commandCalls, isIncomplete } from './calls.ts'
import { portCommand } from './port-commands.ts'
import { ownCommands } from './table.ts'

/** The asyn ports that a startup script may create before `iocInit`. */
export interface Ports {
  /** Names that commands got which create ports, or may create some. */
  readonly names: ReadonlySet<string>
  /** What it is that another name is wanted; asked where one is. */
  readonly severity: () => Severity
}

/** Reads the commands of a script. */
export function portsOf(outcome: WalkOutcome, knowledge: CommandKnowledge): Ports {
  const names = new Set<string>()
  const others: CommandCall[] = []
  let isForeign = false
  for (const { call, isAfterInit } of commandCalls(outcome)) {
    isForeign ||= bringsUnknown(call, knowledge)
    if (isAfterInit || makesNone(call)) continue
    const made = portCommand(call)
    for (const name of made?.names ?? call.words.slice(1).map(({ text }) => text)) names.add(name)
    if (!made) others.push(call)
  }
  const severity = once(() => {
    const found = severityOf(others, outcome, knowledge)
    return isForeign && found === 'error' ? 'warning' : found
  })
  return { names, severity }
}

/** Code that nobody looks into: of a program with drivers of its own, of a library of the system. */
function bringsUnknown({ name, words }: CommandCall, { table }: CommandKnowledge): boolean {
  if (name === 'dlload') return !words[1]?.text.includes('/')
  return name.endsWith(registration) && !((table.commands.get(name)?.step ?? 0) > 0)
}

const registration = '_registerRecordDeviceDriver'

/**
 * An error where all that the script runs is known. A driver may make ports of its own names, e.g.
 * one for each channel: then its library has something to do with asyn.
 */
function severityOf(
  others: readonly CommandCall[],
  outcome: WalkOutcome,
  { table: { commands }, mayMakePorts }: CommandKnowledge,
): Severity {
  if (isIncomplete(outcome)) return 'info'
  const found = others.map(({ name }) => commands.get(name))
  const areOfLibraries = found.every((command) => command && command.step > 0)
  if (areOfLibraries && mayMakePorts?.() === false) return 'error'
  const takesPort = found.some(
    (command) => command?.arguments?.some(({ name }) => /port|name/i.test(name)) ?? true,
  )
  return takesPort ? 'info' : 'warning'
}

function makesNone({ name }: CommandCall): boolean {
  return (
    baseCommands.has(name) ||
    ownCommands.has(name) ||
    harmless.has(name) ||
    name.endsWith(registration)
  )
}

/**
 * Commands of the shell, and those of asyn (asynDriver.html, asynShellCommands) and StreamDevice,
 * which want a port that exists.
 */
const harmless: ReadonlySet<string> = new Set([
  ...['afterIocRunning', 'cd', 'dbLoadDatabase', 'dbLoadRecords', 'dbLoadTemplate'],
  ...['dlload', 'epicsEnvSet', 'epicsEnvUnset', 'exit', 'iocBuild', 'iocInit', 'iocRun'],
  ...['iocshCmd', 'iocshLoad', 'iocshRun', 'on', 'system', '#'],
  ...['asynAutoConnect', 'asynEnable', 'asynInterposeDelay', 'asynInterposeEcho'],
  ...['asynInterposeEosConfig', 'asynInterposeFlushConfig', 'asynOctetConnect'],
  ...['asynOctetDisconnect', 'asynOctetFlush', 'asynOctetGetInputEos', 'asynOctetGetOutputEos'],
  ...['asynOctetRead', 'asynOctetSetInputEos', 'asynOctetSetOutputEos', 'asynOctetWrite'],
  ...['asynOctetWriteRead', 'asynRegisterTimeStampSource', 'asynReport'],
  ...['asynSetAutoConnectTimeout', 'asynSetMinTimerPeriod', 'asynSetOption'],
  ...['asynSetQueueLockPortTimeout', 'asynSetTraceFile', 'asynSetTraceIOMask'],
  ...['asynSetTraceIOTruncateSize', 'asynSetTraceInfoMask', 'asynSetTraceMask', 'asynShowOption'],
  ...['asynShutdownPort', 'asynUnregisterTimeStampSource', 'asynWaitConnect'],
  ...['modbusInterposeConfig', 'streamReinit', 'streamReload', 'streamReportRecord'],
  ...['streamSetLogfile'],
])

/** Fields that name ports, by port. */
export type PortUsers = Map<string, LoadedField[]>

/** Notes that a record wants a port. */
export function addPortUser(users: PortUsers, port: string, user: LoadedField): void {
  const before = users.get(port)
  if (before) before.push(user)
  else users.set(port, [user])
}

/** Ports that records want and no command creates; asyn looks names up as they are written. */
export function* missingPorts(users: PortUsers, { names, severity }: Ports): Generator<Diagnostic> {
  let found = 0
  for (const [port, [first, ...others]] of users) {
    if (!first || names.has(port)) continue
    found += 1
    const isOffered = [first, ...others].every(({ name }) => name === 'PORT')
    yield diagnostic('PORT_UNKNOWN', `no command before iocInit creates the asyn port ${port}`, {
      at: placeSpan(first),
      notes: moreUsers(others.length),
      // An asyn record may get another port while the IOC runs.
      severity: isOffered && severity() === 'error' ? 'warning' : severity(),
      hint:
        (found <= mostSearched ? didYouMean(port, names) : undefined) ??
        `in front of iocInit, e.g.: drvAsynIPPortConfigure("${port}", "host:port")`,
    })
  }
}

/** A script with more unknown names has another problem; each search looks at all names. */
export const mostSearched = 100

/** A site with thousands of records has thousands that use the same thing. */
export function moreUsers(count: number): Note[] {
  if (count === 0) return []
  return [{ message: count === 1 ? 'used by one more record' : `used by ${count} more records` }]
}

/** Costly: only for what is reported. */
export function placeSpan({ in: text, start, end }: Place): Span {
  return text.spanOf(start, end)
}
