import type { SourceReader } from '../../startup/source-reader.ts'
import { accessSecurity } from '../access/access-security.ts'
import { requestFiles } from '../requests/request-files.ts'
import type { IocRule } from '../types.ts'
import { commandArguments } from './arguments.ts'
import { asynRecords } from './asyn.ts'
import type { CommandKnowledge } from './calls.ts'
import { groupFiles, groupMacros } from './group-files.ts'
import { commandOrder } from './order.ts'
import { recordOrder } from './record-order.ts'
import { refusedPorts } from './refused-ports.ts'
import { streamRecords } from './stream.ts'
import { unknownCommands } from './unknown-command.ts'
import { variableSettings } from './variables.ts'

/** Rules about the commands of a startup script and about what records want of them. */
export function commandRules(
  knowledge: CommandKnowledge,
  reader: SourceReader,
): readonly IocRule[] {
  const { table } = knowledge
  return [
    unknownCommands(knowledge),
    commandArguments(table),
    variableSettings(table),
    commandOrder(table),
    recordOrder,
    refusedPorts(table),
    asynRecords(knowledge),
    streamRecords(knowledge, reader),
    ...fileRules(reader),
  ]
}

/** Rules about files that commands name and the IOC reads later; they need not know the commands. */
export function fileRules(reader: SourceReader): readonly IocRule[] {
  return [requestFiles(reader), accessSecurity(reader), groupFiles(reader), groupMacros]
}
