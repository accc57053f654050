import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { originText } from '../../database/listing/origin.ts'
import { csvLines, jsonLines, type Listing, tableLines } from '../../database/listing/print.ts'
import {
  type FieldQuery,
  type RecordQuery,
  selectRecords,
  unfitNames,
  unknownInQuery,
} from '../../database/listing/select.ts'
import { dumpDatabase } from '../../database/records/dump.ts'
import type { Alias, Database, LoadedRecord } from '../../database/records/types.ts'
import { hasErrors } from '../../text/diagnostic.ts'
import { printable } from '../../text/printable.ts'
import { addInputOptions, type InputOptions, repeatable } from '../check/input-options.ts'
import { readWords } from '../check/inputs.ts'
import { type LoadedTarget, loadTargets } from '../check/load-targets.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'

const recordFormats = ['table', 'json', 'csv', 'db'] as const

interface RecordsOptions extends InputOptions {
  readonly type: readonly string[]
  readonly field: readonly string[]
  readonly format: (typeof recordFormats)[number]
  readonly origin?: boolean
  readonly quiet: boolean
}

/** `e3 records`: the records as the IOC will have them. */
export function recordsCommand(context: CliContext, global: { quiet: boolean }): Command {
  const command = new Command('records')
    .description('list the records that an IOC will have, after all macros')
    .usage('[options] [file]... [NAME=VALUE ...] [pattern]...')
    .argument('[words...]', 'startup scripts, databases; names of records, with * and ?')
  return addInputOptions(command)
    .addOption(repeatable('--type <type>', 'records of this type'))
    .addOption(repeatable('--field <name[=pattern]>', 'show this field; only where it fits'))
    .addOption(
      new Option('--format <format>', 'how records are printed')
        .choices(recordFormats)
        .default('table'),
    )
    .option('--origin', 'with the chain of files and lines that each record comes from')
    .addHelpText('after', examples)
    .action((words: string[], options: RecordsOptions) =>
      context.finish(records(words, { ...options, quiet: global.quiet }, context)),
    )
}

async function records(
  all: readonly string[],
  options: RecordsOptions,
  context: CliContext,
): Promise<CommandResult> {
  const names = all.filter((word) => isNamePattern(word, context.cwd))
  const given = all.filter((word) => !names.includes(word))
  const words = readWords({
    command: 'e3 records',
    words: given.some((word) => !word.includes('=')) ? given : ['.', ...given],
    ...options,
    needsRecords: true,
  })
  if (hasErrors(words.diagnostics)) {
    return { diagnostics: words.diagnostics, exitCode: exitCodes.usage }
  }
  const { loaded, diagnostics, session } = await loadTargets({ ...options, words }, context)
  const query = { types: options.type, names, fields: options.field.map(fieldQuery) }
  const unknown = unknownInQuery(
    query,
    loaded.map(({ ioc }) => ioc.definitions),
  )
  const unfit = unfitNames(
    query,
    loaded.map(({ ioc }) => ioc.database),
  )
  return {
    pieces: printed(loaded, query, options),
    diagnostics: [...diagnostics, ...unknown, ...unfit],
    ...(session.isUnusable && { exitCode: exitCodes.environment }),
  }
}

/** What is no file and does not look like one: neither a path nor with the ending of a file. */
function isNamePattern(word: string, cwd: string): boolean {
  if (word === '-' || /^\w+=/.test(word) || existsSync(resolve(cwd, word))) return false
  return !/[/\\]|\.(cmd|iocsh|dbd?|dbt|template|vdb|subs\w*)$/.test(word)
}

function fieldQuery(text: string): FieldQuery {
  const equals = text.indexOf('=')
  if (equals < 0) return { name: text }
  return { name: text.slice(0, equals), pattern: text.slice(equals + 1) }
}

function* printed(
  loaded: readonly LoadedTarget[],
  query: RecordQuery,
  { format, origin = false }: RecordsOptions,
): Generator<string> {
  const columns = query.fields.map(({ name }) => name)
  for (const [index, { ioc, target }] of loaded.entries()) {
    const { database, definitions } = ioc
    const listing: Listing = {
      ...{ database, definitions, columns, hasOrigin: origin },
      records: () => selectRecords(database, query, definitions),
    }
    switch (format) {
      case 'table':
        if (loaded.length > 1) yield `${index > 0 ? '\n' : ''}${target.name}:\n`
        yield* tableLines(listing)
        break
      case 'json':
        yield* jsonLines(listing)
        break
      case 'csv':
        yield* csvLines(listing, index === 0)
        break
      case 'db':
        yield* dumpDatabase(
          partOf(database, listing.records()),
          definitions,
          origin ? (record) => printable(originText(record)) : undefined,
        )
    }
  }
}

/** A database of some of the records, with their aliases. */
function partOf({ aliases }: Database, chosen: Iterable<LoadedRecord>): Database {
  const records = new Map<string, LoadedRecord>()
  for (const record of chosen) records.set(record.name, record)
  const kept = new Map<string, Alias>()
  for (const [name, alias] of aliases) {
    if (records.has(alias.record.name)) kept.set(name, alias)
  }
  return { records, aliases: kept }
}

const examples = `
Values are those of the IOC: fields that no file sets have the default of the record type, choices
their text. Patterns for names and values know * and ?; several --type and several patterns for names mean any of them, several --field all.

Examples:
  e3 records st.cmd                            name, type and description of all records
  e3 records st.cmd 'LAB:*:Temp'               some of them
  e3 records st.cmd --type ai --field SCAN='*second' --field EGU
  e3 records motor.template P=LAB: M=m1 --format db
  e3 records st.cmd --origin --format json     with files and lines, for programs`
