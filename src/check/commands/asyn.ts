import { unescapeValue } from '../../database/values/escapes.ts'
import type { IocRule } from '../types.ts'
import { addPortUser, missingPorts, type PortUsers, portsOf } from './ports.ts'
import type { CommandTable } from './table.ts'

/**
 * Ports that records of asyn's generic device support name: `@asyn(PORT,addr,timeout)drvInfo`,
 * `@asynMask(PORT,addr,mask,timeout)drvInfo` (asynDriver.html, generic device support for EPICS
 * records), and field PORT of the asyn record.
 */
export function asynPorts(table: CommandTable): IocRule {
  return function* ({ outcome, database }) {
    if (!outcome) return
    const users: PortUsers = new Map()
    for (const { type, fields } of database.records.values()) {
      for (const field of fields) {
        const port = portIn(type, field.name, field.value)
        if (port) addPortUser(users, port, field)
      }
    }
    if (users.size > 0) yield* missingPorts(users, portsOf(outcome, table))
  }
}

function portIn(type: string, field: string, value: string): string | undefined {
  if (field === 'INP' || field === 'OUT') {
    if (!value.startsWith('@asyn')) return undefined
    return /^@asyn(?:Mask)?\(\s*([^\s,()$]+)/.exec(unescapeValue(value))?.[1]
  }
  return type === 'asyn' && field === 'PORT' && !value.includes('$') ? value.trim() : undefined
}
