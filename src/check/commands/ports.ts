import type { Place } from '../../database/records/types.ts'
import type { CommandCall } from '../../shell/types.ts'
import { baseCommands } from '../../startup/base-commands.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { didYouMean } from '../../text/suggest.ts'
import { commandCalls, isIncomplete } from './calls.ts'
import { type CommandTable, ownCommands } from './table.ts'

/** The asyn ports that a startup script may create before `iocInit`. */
export interface Ports {
  /** Names that commands got which create ports, or may create some. */
  readonly names: ReadonlySet<string>
  /** Nothing in the script can create a port under a name that it does not mention. */
  readonly isSure: boolean
}

/**
 * Commands whose first argument is the name of the port that they create: asyn (asynDriver.html,
 * vxi11.html ...), modbus (modbus.html), drvAsynFTDIPort.
 */
const creators =
  /^(drvAsyn(IP|IPServer|Serial|FTDI)PortConfigure|vxi11Configure|usbtmcConfigure|prologixGPIBConfigure|gsIP488Configure|drvModbusAsynConfigure)$/

/** Commands of asyn that work on a port which exists (asynDriver.html, asynShellCommands). */
const users =
  /^asyn(Set|Octet|Show|Report|Enable|Auto|Wait|Register|Interpose|Unregister)|^modbusInterposeConfig$/

/** Reads the commands of a script; `table` tells which commands take a port at all. */
export function portsOf(outcome: WalkOutcome, { commands }: CommandTable): Ports {
  const names = new Set<string>()
  let isSure = !isIncomplete(outcome)
  for (const { call, isAfterInit } of commandCalls(outcome)) {
    if (isAfterInit || isNoCreator(call)) continue
    const isKnown = creators.test(call.name)
    for (const { text } of isKnown ? call.words.slice(1, 2) : call.words.slice(1)) names.add(text)
    // A driver may make ports of its own names, e.g. one for each channel.
    const args = commands.get(call.name)?.arguments
    isSure &&= isKnown || (args?.every(({ name }) => !/port|name/i.test(name)) ?? false)
  }
  return { names, isSure }
}

function isNoCreator({ name }: CommandCall): boolean {
  return (
    baseCommands.has(name) ||
    ownCommands.has(name) ||
    shellCommands.has(name) ||
    users.test(name) ||
    name.endsWith('_registerRecordDeviceDriver')
  )
}

const shellCommands: ReadonlySet<string> = new Set([
  ...['afterIocRunning', 'cd', 'dbLoadDatabase', 'dbLoadRecords', 'dbLoadTemplate'],
  ...['dlload', 'epicsEnvSet', 'epicsEnvUnset', 'iocBuild', 'iocInit', 'iocRun', 'iocshCmd'],
  ...['iocshLoad', 'iocshRun', 'on', 'system', '#'],
])

/** Places that name ports, by port. */
export type PortUsers = Map<string, Place[]>

/** Notes that a record wants a port. */
export function addPortUser(users: PortUsers, port: string, user: Place): void {
  const before = users.get(port)
  if (before) before.push(user)
  else users.set(port, [user])
}

/** Ports that records want and no command creates; asyn looks names up as they are written. */
export function* missingPorts(users: PortUsers, { names, isSure }: Ports): Generator<Diagnostic> {
  let found = 0
  for (const [port, [first, ...others]] of users) {
    if (!first || names.has(port)) continue
    found += 1
    yield diagnostic('PORT_UNKNOWN', `no command before iocInit creates the asyn port ${port}`, {
      at: placeSpan(first),
      notes: moreUsers(others.length),
      severity: isSure ? 'warning' : 'info',
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
