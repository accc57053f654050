import type { LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { unescapeValue } from '../../database/values/escapes.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { deviceLink } from '../records/record-links.ts'
import type { IocRule } from '../types.ts'
import { addPortUser, missingPorts, type PortUsers, placeSpan, portsOf } from './ports.ts'
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
    for (const record of database.records.values()) {
      for (const name of record.type === 'asyn' ? portFields : linkFields) {
        const field = record.last(name)
        const port = field && portIn(field)
        if (port) addPortUser(users, port, field)
      }
    }
    if (users.size > 0) yield* missingPorts(users, portsOf(outcome, table))
  }
}

const portFields = ['PORT']
const linkFields = ['INP', 'OUT']

function portIn({ name, value }: LoadedField): string | undefined {
  if (name === 'PORT') return value.includes('$') ? undefined : value.trim()
  if (!value.startsWith('@asyn')) return undefined
  return /^@asyn(?:Mask)?\(\s*([^\s,()$]+)/.exec(unescapeValue(value))?.[1]
}

/**
 * Links that asyn's generic device support cannot read: `invalid INST_IO` in iocInit, and the record
 * has no device. As asyn 4.45 reads them (asynEpicsUtils: parseLink, parseLinkMask), blanks and
 * commas alike, tried with it in an IOC.
 */
export const asynLinks: IocRule = function* ({ database }) {
  for (const record of database.records.values()) {
    const support = record.last('DTYP')?.value
    if (!support?.startsWith('asyn')) continue
    const form = forms.find(({ supports }) => supports.test(support))
    const link = form && linkOf(record, support)
    if (link && !form.link.test(unescapeValue(link.value)))
      yield wrongForm(link, support, form.text)
  }
}

const integer = /[+-]?(?:0x[\da-f]+|\d+)/.source
const seconds = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/.source
const port = /\(\s*[^\s,)]*/.source
const plain = `asyn${port}(?:[\\s,]+${integer}(?:[\\s,]+${seconds})?)?[\\s,]*\\)`
const mask = `asynMask${port}[\\s,]+${integer}[\\s,]+${integer}(?:[\\s,]+${seconds})?[\\s,]*\\)`

/** The first that fits counts. */
const forms: readonly { supports: RegExp; link: RegExp; text: string }[] = [
  {
    supports: /^asynUInt32Digital/,
    link: new RegExp(mask, 'i'),
    text: '@asynMask(port,address,mask,timeout)parameter',
  },
  {
    supports: /^asynInt32(?!Array|TimeSeries)/,
    link: new RegExp(`${plain}|${mask}`, 'i'),
    text: '@asyn(port,address,timeout)parameter',
  },
  {
    supports: /^asyn(Int|Float|Octet)/,
    link: new RegExp(plain, 'i'),
    text: '@asyn(port,address,timeout)parameter',
  },
]

/** No IOC keeps longer addresses. */
const longestLink = 500

function linkOf(record: LoadedRecord, support: string): LoadedField | undefined {
  if (record.definition && !record.definition.devices.has(support)) return undefined
  const link = deviceLink(record)
  if (!link?.value.startsWith('@') || link.value.length > longestLink) return undefined
  return /\$[({]/.test(link.value) ? undefined : link
}

function wrongForm(link: LoadedField, support: string, form: string): Diagnostic {
  const message = `"${link.value}" is no link of device support ${support}`
  return diagnostic('ASYN_LINK', message, { at: placeSpan(link), hint: form })
}
