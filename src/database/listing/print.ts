import { printable } from '../../text/printable.ts'
import type { Definitions } from '../definitions/types.ts'
import type { Database, LoadedRecord } from '../records/types.ts'
import { originJson, originText } from './origin.ts'
import { aliasesOf } from './select.ts'
import { lastValues, shownValue, valueIn } from './values.ts'

/** What is listed, and how much of it. */
export interface Listing {
  /** The records that are wanted; asked for more than once. */
  records(): Iterable<LoadedRecord>
  readonly database: Database
  readonly definitions: Definitions | undefined
  /** Names of fields, each a column; empty: `DESC` in tables, all that are set in JSON. */
  readonly columns: readonly string[]
  /** With the chain of files and lines. */
  readonly hasOrigin: boolean
}

/** A line of names, then a line a record, columns aligned. */
export function* tableLines(listing: Listing): Generator<string> {
  const titles = titlesOf(listing)
  const widths = titles.map(({ length }) => length)
  for (const cells of rows(listing)) {
    for (let index = 0; index < cells.length; index++) {
      widths[index] = Math.max(widths[index] ?? 0, (cells[index] ?? '').length)
    }
  }
  const line = (cells: readonly string[]): string =>
    `${cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()}\n`
  yield line(titles)
  for (const cells of rows(listing)) yield line(cells)
}

/** Comma-separated values as RFC 4180 has them, with or without a line of names. */
export function* csvLines(listing: Listing, hasTitles = true): Generator<string> {
  const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`
  if (hasTitles) yield line(titlesOf(listing))
  for (const cells of rows(listing, false)) yield line(cells)
}

/** An object a line; the keys are documented in docs/reference/formats.md. */
export function* jsonLines(listing: Listing): Generator<string> {
  const { columns, definitions, hasOrigin, database } = listing
  const aliases = aliasesOf(database)
  for (const record of listing.records()) {
    const shown = columns.length > 0 ? columns : lastValues(record.fields).keys()
    const names = aliases.get(record)
    const infos = [...lastValues(record.infos).values()]
    yield `${JSON.stringify({
      ...{ name: record.name, type: record.type, fields: values(record, shown, definitions) },
      ...(names && { aliases: names }),
      ...(infos.length > 0 && {
        info: Object.fromEntries(infos.map((info) => [info.name, shownValue(info)])),
      }),
      ...(hasOrigin && { origin: originJson(record) }),
    })}\n`
  }
}

function titlesOf({ columns, hasOrigin }: Listing): string[] {
  return ['name', 'type', ...columnsOf(columns), ...(hasOrigin ? ['origin'] : [])]
}

function columnsOf(columns: readonly string[]): readonly string[] {
  return columns.length > 0 ? columns : ['DESC']
}

function* rows({ records, columns, definitions, hasOrigin }: Listing, isSafe = true) {
  const fields = columnsOf(columns)
  const shown = (text: string): string => (isSafe ? printable(text) : text)
  for (const record of records()) {
    const cells = [shown(record.name), shown(record.type)]
    for (const field of fields) cells.push(shown(valueIn(record, field, definitions)))
    if (hasOrigin) cells.push(originText(record))
    yield cells
  }
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function values(
  record: LoadedRecord,
  names: Iterable<string>,
  definitions: Definitions | undefined,
): Record<string, string> {
  return Object.fromEntries([...names].map((name) => [name, valueIn(record, name, definitions)]))
}
