import type { Database, LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { unescapeValue, writtenOffsets } from '../../database/values/escapes.ts'
import { type JsonPlace, type JsonReading, readJson } from '../../database/values/json.ts'

import type { Span } from '../../text/span.ts'
import type { CheckedIoc } from '../types.ts'

/** A text that defines groups: an `info(Q:group, ...)` or a file of `dbLoadGroup`. */
export interface GroupText {
  /** For messages: `info(Q:group)` of which record, or the file. */
  readonly label: string
  /** Channels are those of this record: `VAL` means `<record>.VAL`. Absent for files. */
  readonly record?: LoadedRecord
  readonly text: string
  readonly reading: JsonReading
  /** Keys in JSON text must be in quotes unless they are identifiers; the database parser adds them. */
  readonly isStrict: boolean
  at(place: JsonPlace): Span
}

/** All texts of an IOC that define groups, in the order in which QSRV reads them. */
export function groupTextsOf({ database, groupFiles = [] }: CheckedIoc): readonly GroupText[] {
  const files = groupFiles.map(
    ({ source, text, spanOf }): GroupText => ({
      ...{ label: source.name, text, reading: readJson(text), isStrict: true },
      at: ({ start, end }) => spanOf(start, end),
    }),
  )
  return [...infosOf(database), ...files]
}

function* infosOf(database: Database): Generator<GroupText> {
  for (const record of database.records.values()) {
    if (!record.hasInfo('Q:group')) continue
    for (const info of record.infos) {
      if (info.name === 'Q:group') yield infoText(record, info)
    }
  }
}

function infoText(record: LoadedRecord, info: LoadedField): GroupText {
  const text = info.form === 'string' ? unescapeValue(info.value) : info.value
  const offsets = info.form === 'string' ? writtenOffsets(info.value) : undefined
  // The place of a string begins with its quote, if it has one.
  const quote = info.end - info.start > info.value.length ? 1 : 0
  const origin = info.start + quote
  const place = (offset: number): number => origin + (offsets?.(offset) ?? offset)
  return {
    ...{ label: `info(Q:group) of "${record.name}"`, record, text },
    reading: readJson(text),
    isStrict: info.form === 'string',
    at: ({ start, end }) => info.in.spanOf(place(start), place(end)),
  }
}
