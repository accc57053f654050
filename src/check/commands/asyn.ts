import type { LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { unescapeValue } from '../../database/values/escapes.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { deviceLink, missingLink } from '../records/record-links.ts'
import type { IocRule } from '../types.ts'
import type { CommandKnowledge } from './calls.ts'
import { addPortUser, missingPorts, type PortUsers, placeSpan, portsOf } from './ports.ts'

/**
 * Records of asyn's device support: whether it can read their links, and the ports that they name.
 * Links are read as asyn 4.45 does (asynEpicsUtils: parseLink, parseLinkMask; tried with it in an
 * IOC): `@asyn(PORT,addr,timeout)drvInfo`, `@asynMask(PORT,addr,mask,timeout)drvInfo`, blanks and
 * commas alike.
 */
export function asynRecords(knowledge: CommandKnowledge): IocRule {
  return function* ({ outcome, database }) {
    const users: PortUsers = new Map()
    for (const record of database.records.values()) {
      // The field PORT of the asyn record names a port, too.
      const support = record.last('DTYP')
      const isUser = record.type === 'asyn' || (support && /asyn/i.test(support.value))
      if (!isUser) continue
      if (support) yield* linkFindings(record, support)
      for (const field of [record.last('PORT'), deviceLink(record)]) {
        const port = field && portIn(field)
        if (port) addPortUser(users, port, field)
      }
    }
    if (outcome && users.size > 0) yield* missingPorts(users, portsOf(outcome, knowledge))
  }
}

function portIn({ name, value }: LoadedField): string | undefined {
  if (name === 'PORT') return value.includes('$') ? undefined : value.trim()
  if (!value.startsWith('@') || value.length > longestLink) return undefined
  return /\basyn(?:Mask)?\(\s*([^\s,()$]+)/.exec(unescapeValue(value))?.[1]
}

/** What asyn cannot read: `invalid INST_IO` in iocInit, and the record has no device. */
function* linkFindings(record: LoadedRecord, dtyp: LoadedField): Generator<Diagnostic> {
  const { value: support } = dtyp
  const form = forms.find(({ supports }) => supports.test(support))
  if (!form || (record.definition && !record.definition.devices.has(support))) return
  const missing = missingLink(record)
  if (missing) {
    const message = `"${record.name}" has no ${missing}, which device support ${support} wants`
    yield diagnostic('ASYN_LINK', message, {
      at: placeSpan(dtyp),
      hint: `field(${missing}, "${form.text}")`,
    })
  }
  const link = writtenLink(record)
  if (!link || form.link.test(unescapeValue(link.value))) return
  const message = `"${link.value}" is no link of device support ${support}`
  yield diagnostic('ASYN_LINK', message, { at: placeSpan(link), hint: form.text })
}

function writtenLink(record: LoadedRecord): LoadedField | undefined {
  const link = deviceLink(record)
  if (!link?.value.startsWith('@') || link.value.length > longestLink) return undefined
  return /\$[({]/.test(link.value) ? undefined : link
}

/** No IOC keeps longer addresses. */
const longestLink = 500

const integer = /[+-]?(?:0[xX][\da-fA-F]+|\d+)/.source
const seconds = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.source
const port = /\(\s*[^\s,)]+/.source
const plain = `asyn${port}(?:[\\s,]+${integer}(?:[\\s,]+${seconds})?)?[\\s,]*\\)`
const mask = `asynMask${port}[\\s,]+${integer}[\\s,]+${integer}(?:[\\s,]+${seconds})?[\\s,]*\\)`

/** The first that fits counts. */
const forms: readonly { supports: RegExp; link: RegExp; text: string }[] = [
  {
    supports: /^asynUInt32Digital/,
    link: new RegExp(mask),
    text: '@asynMask(port,address,mask,timeout)parameter',
  },
  {
    supports: /^asynInt32(?!Array|TimeSeries)/,
    link: new RegExp(`${plain}|${mask}`),
    text: '@asyn(port,address,timeout)parameter',
  },
  {
    supports: /^asyn(Int|Float|Octet)/,
    link: new RegExp(plain),
    text: '@asyn(port,address,timeout)parameter',
  },
]
