import type { Place } from '../../database/records/types.ts'
import type { CommandCall } from '../../shell/types.ts'
import { baseCommands } from '../../startup/base-commands.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
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
  ...['afterIocRunning', 'cd', 'chdir', 'dbLoadDatabase', 'dbLoadRecords', 'dbLoadTemplate'],
  ...['dlload', 'epicsEnvSet', 'epicsEnvUnset', 'iocBuild', 'iocInit', 'iocRun', 'iocshCmd'],
  ...['iocshLoad', 'iocshRun', 'on', 'system', '#'],
])

/** A record that wants a port which no command creates; asyn looks names up as they are written. */
export function missingPort(name: string, { names, isSure }: Ports, user: Place): Diagnostic[] {
  if (names.has(name)) return []
  const hint = didYouMean(name, names)
  return [
    diagnostic('PORT_UNKNOWN', `no command before iocInit creates the asyn port ${name}`, {
      at: placeSpan(user),
      severity: isSure ? 'warning' : 'info',
      hint: hint ?? `in front of iocInit, e.g.: drvAsynIPPortConfigure("${name}", "host:port")`,
    }),
  ]
}

/** Costly: only for what is reported. */
export function placeSpan({ in: text, start, end }: Place): Span {
  return text.spanOf(start, end)
}
