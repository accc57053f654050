import { baseCommands } from '../base-commands.ts'
import type { CommandHandler } from '../walk-types.ts'
import { changeDirectory } from './directory.ts'
import { afterInit, afterIocRunning, iocBuild, iocInit, iocRun } from './ioc-init.ts'
import { loadDatabase, loadGroup, loadLibrary, loadRecords, loadTemplate } from './load.ts'
import { requireModule } from './require.ts'

const handlers: Readonly<Record<string, CommandHandler>> = {
  require: requireModule,
  afterInit,
  afterIocRunning,
  cd: changeDirectory,
  dbLoadDatabase: loadDatabase,
  dbLoadGroup: loadGroup,
  dbLoadRecords: loadRecords,
  dbLoadTemplate: loadTemplate,
  dlload: loadLibrary,
  iocBuild,
  iocInit,
  iocRun,
  system: (call, state) => {
    state.mayCreateFiles = true
    state.programs.push(call)
  },
}

const harmless: CommandHandler = () => {}

/**
 * Commands of modules are not known here: they may set variables. That they write the files which
 * lines behind them load is so rare that it is no excuse for a missing file.
 */
const unknown: CommandHandler = (call, state) => {
  if (!configures.test(call.name)) state.maySetVariables = true
}

/** Commands of drivers, of asyn and of autosave, by their names: they make things, and no variables. */
const configures =
  /^(?:asyn|drvAsyn|vxi11|usbtmc|modbus|set_(?:pass|save|request)|save_restore|create_(?:monitor|periodic|triggered|manual)_set)|(?:Configure|Config|Report|Show)$/

/** What a command means for the walk, and whether it is one of base or of this product. */
export function handlerOf(command: string): { handler: CommandHandler; isKnown: boolean } {
  const handler = Object.hasOwn(handlers, command) ? handlers[command] : undefined
  if (handler) return { handler, isKnown: true }
  const isKnown = baseCommands.has(command) || command.endsWith('_registerRecordDeviceDriver')
  return { handler: isKnown ? harmless : unknown, isKnown }
}
