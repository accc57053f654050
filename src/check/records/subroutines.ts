import type { LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { unescapeValue } from '../../database/values/escapes.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { CheckedIoc } from '../types.ts'
import { placeSpan } from './place.ts'

/**
 * Functions of sub and aSub records that no dbd file makes known: `function 'x' not found` (base,
 * subRecord.c and aSubRecord.c, init_record). What a library of a module exports, or registers by
 * itself, is found as well (registryFunctionFind), which its dbd file does not tell.
 */
export function* subroutines({
  database,
  definitions,
  outcome,
}: CheckedIoc): Generator<Diagnostic> {
  if (!definitions) return
  const { functions } = definitions
  const isSure = outcome !== undefined && !hasOtherCode(outcome)
  const list = createFindingList({ isOnePerPlace: true })
  for (const record of database.records.values()) {
    for (const field of functionFields(record)) {
      const written = unescapeValue(field.value)
      // subRecord.c leaves out blanks in front of the name.
      const name = record.type === 'sub' ? written.trimStart() : written
      if (functions.has(name)) continue
      const message = `the IOC has no function ${name} for ${field.name} of "${record.name}"`
      list.add(
        diagnostic('FUNCTION_UNKNOWN', message, {
          at: placeSpan(field),
          severity: isSure ? 'error' : 'warning',
          hint: didYouMean(name, functions.keys()) ?? remedy(name, isSure),
          unknown: { kind: 'function', name },
        }),
      )
    }
  }
  yield* list.take()
}

function remedy(name: string, isSure: boolean): string {
  const require = 'require the module that has it'
  return isSure ? require : `${require}, and in its dbd file: function(${name})`
}

const types: ReadonlySet<string> = new Set(['sub', 'aSub'])

/** Those which are looked up: an aSub record that reads the name from SUBL does not use SNAM. */
function functionFields(record: LoadedRecord): LoadedField[] {
  if (!record.definition || !types.has(record.type)) return []
  const reads = record.type === 'aSub' && /^(?:READ|1)$/.test(record.last('LFLG')?.value ?? '')
  const names = reads ? ['INAM'] : ['INAM', 'SNAM']
  return names.flatMap((name) => record.last(name) ?? []).filter(({ value }) => value !== '')
}

/** Code that is not of base, and whose functions are not known for sure. */
function hasOtherCode({ loaded, events }: WalkOutcome): boolean {
  return (
    loaded.some(({ library }) => library !== undefined) ||
    events.some((event) => event.kind === 'load' && event.file.kind === 'library')
  )
}
