import type { Database, LoadedRecord, Place } from '../../database/records/types.ts'
import { readChannelName } from '../../database/values/channels.ts'
import { unescapeValue } from '../../database/values/escapes.ts'
import { readLink } from '../../database/values/links.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { CheckedIoc } from '../types.ts'
import { deviceFor } from './link-device.ts'
import { placeSpan } from './place.ts'
import { findRecord, isWritten } from './record-links.ts'

/** Links of a good form that device support of base does not take: `Bad parm`, `Illegal INP field`. */
export function* baseDevices({ database }: CheckedIoc): Generator<Diagnostic> {
  const list = createFindingList({ isOnePerPlace: true })
  for (const record of database.records.values()) {
    // Without DTYP it is the first support of the type, none of these.
    if (!record.last('DTYP')) continue
    const problem = problemOf(record, database)
    if (!problem) continue
    const { message, place, ...others } = problem
    list.add(diagnostic('LINK_DEVICE', message, { ...others, at: placeSpan(place) }))
  }
  yield* list.take()
}

interface Problem {
  readonly message: string
  readonly hint: string
  readonly place: Place
  readonly severity?: 'warning'
}

function problemOf(record: LoadedRecord, database: Database): Problem | undefined {
  const support = deviceFor(record)?.support
  if (support === undefined) return undefined
  const known = timeWords.get(support)
  if (known) return timeProblem(record, known)
  return asyncInputs.has(support) ? asyncProblem(record, database) : undefined
}

/** What addresses of `General Time` name (base, devGeneralTime.c), in any case. */
const timeWords: ReadonlyMap<string, readonly string[]> = new Map([
  ['devAiGeneralTime', ['TIME']],
  ['devBoGeneralTime', ['RSTERRCNT']],
  ['devLiGeneralTime', ['GETERRCNT']],
  ['devSiGeneralTime', ['BESTTCP', 'TOPTCP', 'BESTTEP']],
])

function timeProblem(record: LoadedRecord, known: readonly string[]): Problem | undefined {
  const place = record.last(record.type === 'bo' ? 'OUT' : 'INP')
  const value = place && unescapeValue(place.value).trim()
  if (!place || !value?.startsWith('@')) return undefined
  const word = value.slice(1).trim()
  if (known.includes(word.toUpperCase())) return undefined
  const message = `${place.name} of "${record.name}" is "${value}", which device support "General Time" does not know`
  const forms = known.map((one) => `@${one}`)
  return { message, hint: didYouMean(`@${word}`, forms) ?? `it takes ${forms.join(', ')}`, place }
}

/** Inputs of `Async Soft Channel` (base, devAiSoftCallback.c and its like, add_record). */
const asyncInputs: ReadonlySet<string> = new Set(
  ['Ai', 'Bi', 'I64in', 'Li', 'Mbbi', 'MbbiDirect', 'Si'].map((type) => `dev${type}SoftCallback`),
)

function asyncProblem(record: LoadedRecord, database: Database): Problem | undefined {
  const input = record.last('INP')
  if (!input && isWritten(record, 'INP')) return undefined
  const link = readLink(unescapeValue(input?.value ?? ''))
  if (input && link.kind === 'pv') return farProblem(record, { input, ...link }, database)
  const { kind } = link
  if (kind !== 'empty' && kind !== 'constant') return undefined
  const is = kind === 'empty' ? 'is empty' : `is the constant "${input?.value}"`
  const place = input ?? record.last('DTYP') ?? record
  const message = `INP of "${record.name}" ${is}, but device support "Async Soft Channel" takes the name of a PV`
  return { message, hint: 'for a value: field(DTYP, "Soft Channel")', place }
}

/** `link target not found`: this support starts what it reads. A file alone may be for another IOC. */
function farProblem(
  { name }: LoadedRecord,
  { input, target }: { readonly input: Place; readonly target: string },
  database: Database,
): Problem | undefined {
  const { record } = readChannelName(target)
  if (findRecord(database, record)) return undefined
  const message = `INP of "${name}" is a PV that this IOC does not have, but device support "Async Soft Channel" takes only its own`
  return {
    ...{ message, place: input, severity: 'warning' },
    hint: 'for a PV of another IOC: field(DTYP, "Soft Channel")',
  }
}
