import type { Statement } from '../statements.ts'
import { readBreakTable } from './break-table.ts'
import type { DefinitionLoad } from './definitions.ts'
import { defineDevice } from './device.ts'
import { menuOf } from './menu.ts'
import { type File, type Finding, type Reading, report } from './reading.ts'
import { recordTypeOf } from './record-type.ts'
import {
  differenceOfMenus,
  differenceOfRecordTypes,
  differenceOfTables,
  differenceOfTexts,
  redefinition,
} from './redefinition.ts'
import type { GrowingSet } from './set.ts'
import type { Definition } from './types.ts'

/** A file on its way into a set of definitions. */
export interface Context {
  readonly set: GrowingSet
  readonly reading: Reading
  readonly file: File
  /** Bodies are read when they are asked for. */
  readonly isTrusted: boolean
  /** See `DefinitionLoad`. */
  readonly readRecord?: DefinitionLoad['readRecord']
}

/** Adds what a statement of a dbd file defines; the forms of statements are checked before. */
export function define(context: Context, statement: Statement): void {
  const { set, reading, file } = context
  const { keyword, values, start, end } = statement
  const [name = '', second = ''] = values
  const at = file.text.spanOf(start, end)
  switch (keyword) {
    case 'menu':
      defineMenu(context, statement)
      break
    case 'recordtype':
      defineRecordType(context, statement)
      break
    case 'device':
      defineDevice(context, statement)
      break
    case 'driver':
      addOnce(set.drivers, { name, at })
      break
    case 'registrar':
      addOnce(set.registrars, { name, at })
      break
    case 'function':
      addOnce(set.functions, { name, at })
      break
    case 'variable':
      addText(context, {
        map: set.variables,
        key: 'type',
        again: { name, type: second || 'int', at },
      })
      break
    case 'link':
      addText(context, { map: set.linkTypes, key: 'support', again: { name, support: second, at } })
      break
    case 'breaktable': {
      const again = readBreakTable(reading, file, statement)
      const before = addOnce(set.breakTables, again)
      const what = `breaktable ${name}`
      if (before) compare(context, redefinition({ what, before, again }, differenceOfTables))
      break
    }
  }
}

/** The definition of this name that was there before. */
function addOnce<T extends Definition>(map: Map<string, T>, definition: T): T | undefined {
  const before = map.get(definition.name)
  if (!before) map.set(definition.name, definition)
  return before
}

interface Addition<Key extends string, T> {
  readonly map: Map<string, T>
  /** What two definitions of one name must agree in. */
  readonly key: Key
  readonly again: T
}

function addText<Key extends string, T extends Definition & Readonly<Record<Key, string>>>(
  context: Context,
  { map, key, again }: Addition<Key, T>,
): void {
  const before = addOnce(map, again)
  if (!before) return
  const what = `${key === 'type' ? 'variable' : 'link type'} ${again.name}`
  compare(
    context,
    redefinition({ what, before, again }, (one, other) =>
      differenceOfTexts(key, one[key], other[key]),
    ),
  )
}

function defineMenu(context: Context, statement: Statement): void {
  const again = menuOf(context.reading, context.file, statement)
  const before = addOnce(context.set.menus, again)
  if (!context.isTrusted) void again.choices
  const what = `menu ${again.name}`
  if (before) compare(context, redefinition({ what, before, again }, differenceOfMenus))
}

function defineRecordType(context: Context, statement: Statement): void {
  const { set, reading, file, isTrusted } = context
  if (set.recordTypes.has(statement.values[0] ?? '') && isEmpty(file, statement)) return
  const hasMenu = (name: string): boolean => set.menus.has(name)
  const again = recordTypeOf(reading, { file, statement, hasMenu, isTrusted })
  const before = addOnce(set.recordTypes, again)
  if (!isTrusted) for (const field of again.fields.values()) void field
  const what = `record type ${again.name}`
  if (before) compare(context, redefinition({ what, before, again }, differenceOfRecordTypes))
}

/**
 * `recordtype(ai) {}` only says that the type is there (dbLexRoutines.c, dbRecordtypeEmpty): dbd files
 * of modules that are looked at alone begin like this.
 */
function isEmpty({ text: { text } }: File, { body }: Statement): boolean {
  return body !== undefined && /^\s*(?:#[^\n]*(?:\n\s*|$))*$/.test(text.slice(body.start, body.end))
}

/** Notes what was found, if anything was. */
function compare({ reading, file }: Context, found: Finding | undefined): void {
  if (found) report(reading, file.text, found)
}
