import type { LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { processOption } from '../../database/values/links.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import { once } from '../../text/once.ts'
import { commandCalls, isIncomplete } from '../commands/calls.ts'
import type { CheckedIoc } from '../types.ts'
import { lacksRecords } from './link-targets.ts'
import { placeSpan } from './place.ts'
import { isPassive } from './process-graph.ts'
import { isWritten, type RecordLink } from './record-links.ts'
import { numbersOf } from './record-numbers.ts'

/** Which records some link of the checked IOCs may process, and the others that wait in vain. */
export interface Processing {
  /** What is to be called for each link of an IOC. */
  of(ioc: CheckedIoc): (link: RecordLink) => void
  /** Records of an IOC that read something but that nothing makes read; when all links are there. */
  report(ioc: CheckedIoc): Iterable<Diagnostic>
}

/**
 * Inputs that nothing processes: passive, without PINI, no target of a link, and with no output of
 * their own (a record with one may well be a button of a client). Such a record keeps the value it
 * was born with, unless a client writes to its field PROC. Information, as clients may do that.
 */
export function processing(): Processing {
  /** By the number of a record: 1 if its own IOC processes it. */
  const marks = new Map<CheckedIoc, Uint8Array>()
  /** Those that are processed by another IOC. */
  const elsewhere = new Set<LoadedRecord>()
  return {
    of(ioc) {
      const own = new Uint8Array(numbersOf(ioc.database))
      marks.set(ioc, own)
      return (link) => {
        const { target, record, definition, isLocal } = link
        const option = link.link.kind === 'pv' ? processOption(link.link.modifiers) : undefined
        if (target && (option === 'PP' || definition.kind !== 'DBF_INLINK')) {
          if (isLocal) own[target.number] = 1
          else elsewhere.add(target)
        }
        if (option === 'CP' || option === 'CPP') own[record.number] = 1
      }
    },
    *report(ioc) {
      const { outcome, database } = ioc
      if (!outcome || isIncomplete(outcome) || lacksRecords(ioc)) return
      const own = marks.get(ioc)
      const named = once(() => namesInCommands(ioc))
      const list = createFindingList({ isOnePerPlace: true })
      for (const record of database.records.values()) {
        if (!record.definition || own?.[record.number] || elsewhere.has(record)) continue
        const found = disabled(record) ?? waiting(record)
        if (!found || named().has(record.name)) continue
        list.addRepeated({ template: record.template, what: found.field.name }, () => report(found))
      }
      yield* list.take()
    },
  }
}

/** `INP`, `INPA` to `INPU`, `INP0` to `INP9`, `INAA` of other types; `SVL` of histograms. */
const inputs = /^(?:IN(?:P[A-Z0-9]?|[A-Z]{1,2})|SVL)$/

/** A record that nothing processes, as far as is known, and the field to show. */
interface Idle {
  readonly field: LoadedField
  readonly message: string
  readonly hint: string
}

function report({ field, message, hint }: Idle): Diagnostic {
  return diagnostic('NEVER_PROCESSED', message, { at: placeSpan(field), hint })
}

function waiting(record: LoadedRecord): Idle | undefined {
  if (!isPassive(record) || hasOutput(record) || mayWrite(record)) return undefined
  const pini = record.last('PINI')
  if (pini ? !/^PAUSED?$/.test(pini.value) : isWritten(record, 'PINI')) return undefined
  if (isWritten(record, 'SCAN') && !record.last('SCAN')) return undefined
  const input = inputOf(record)
  if (!input) return undefined
  const when = pini ? `PINI is "${pini.value}", which is for iocPause only, ` : ''
  const message = `nothing processes "${record.name}": it is passive, ${when}and no record has a link to it; ${input.name} is never read`
  const hint =
    'give it a SCAN, PINI, or a forward link from another record, unless a client writes to PROC'
  return { field: input, message, hint }
}

function inputOf({ definition, links }: LoadedRecord): LoadedField | undefined {
  return links.find(
    ({ name, value, form }) =>
      inputs.test(name) &&
      definition?.fields.get(name)?.kind === 'DBF_INLINK' &&
      form !== 'json' &&
      /[^\s\d.+-]/.test(value),
  )
}

function hasOutput({ definition, links }: LoadedRecord): boolean {
  return links.some(({ name, value }) => {
    const kind = definition?.fields.get(name)?.kind
    return (kind === 'DBF_OUTLINK' || kind === 'DBF_FWDLINK') && value.trim() !== ''
  })
}

/**
 * Device support of a waveform writes through INP as well: clients put into VAL, which processes the
 * record. Only names such as `asynInt32ArrayIn` say that it reads.
 */
function mayWrite(record: LoadedRecord): boolean {
  const device = record.type === 'waveform' ? record.last('DTYP')?.value : undefined
  return device !== undefined && !/^Soft |(?:In|Read)$/.test(device)
}

/** recGbl.c, dbProcess: a record with DISA equal to DISV is not processed; DISV is 1 by default. */
function disabled(record: LoadedRecord): Idle | undefined {
  const disa = record.last('DISA')
  if (!disa || record.last('SDIS') || isWritten(record, 'SDIS')) return undefined
  const disv = record.last('DISV')?.value ?? '1'
  if (disa.value.trim() === '' || Number(disa.value) !== Number(disv)) return undefined
  const message = `"${record.name}" is disabled: DISA is equal to DISV, and it has no SDIS to change that`
  return { field: disa, message, hint: 'remove DISA, unless somebody writes to it' }
}

/** Records that commands such as `dbpf` name. */
function namesInCommands({ outcome }: CheckedIoc): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { call } of commandCalls(outcome)) {
    for (const { text } of call.words.slice(1)) names.add(text.replace(/\.[A-Z0-9]+$/, ''))
  }
  return names
}
