import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import type { CheckedIoc, GivenMacro } from '../types.ts'
import { type MacroCall, macroCalls } from './calls.ts'

/**
 * A macro at the place where it is given, however many texts got it: a column of a pattern and a
 * `global` are one, though they make many macros.
 */
export interface MacroDefinition extends GivenMacro {
  /** Of the name; of the value if that is all that is known. */
  readonly nameAt: Span
  /** What was read with it. */
  readonly readers: ReadonlySet<Reader>
  /** Of each the first reading with this macro, which shows what was missing beside it. */
  readonly readings: ReadonlyMap<Reader, MacroCall>
  /** Of all values, which may be many, those that are empty. */
  readonly empty: readonly GivenMacro[]
}

/** All readings of one text with macros that are written in one file. */
export interface Reader {
  readonly call: MacroCall
  /** Given names that at least one of the readings used. */
  readonly used: ReadonlySet<string>
  /** Names that some reading looked up in vain; true: each reference has a default. */
  readonly missing: ReadonlyMap<string, boolean>
}

/** All places where macros are given. */
export function macroDefinitions(ioc: CheckedIoc): readonly MacroDefinition[] {
  const known = cache.get(ioc)
  if (known) return known
  const found: Found = { definitions: [], places: new Map(), readers: new Map() }
  for (const call of macroCalls(ioc)) addCall(found, call)
  cache.set(ioc, found.definitions)
  return found.definitions
}

const cache = new WeakMap<CheckedIoc, readonly MacroDefinition[]>()

interface GrowingReader extends Reader {
  readonly used: Set<string>
  readonly missing: Map<string, boolean>
  /** The last call that has been added. */
  last: MacroCall | undefined
}

interface GrowingDefinition extends MacroDefinition {
  readonly readers: Set<Reader>
  readonly readings: Map<Reader, MacroCall>
  readonly empty: GivenMacro[]
  lastReader: Reader | undefined
}

interface Found {
  readonly definitions: GrowingDefinition[]
  /** By file and offset; several names begin at one place where macros made the list. */
  readonly places: Map<Source, Map<number, GrowingDefinition[]>>
  /** By file of the macros and file that is read. */
  readonly readers: Map<Source, Map<Source, GrowingReader>>
}

function addCall(found: Found, call: MacroCall): void {
  let reader: GrowingReader | undefined
  let file: Source | undefined
  for (const given of call.given) {
    const { name, raw, at, nameAt = at } = given
    if (!reader || nameAt.source !== file) {
      file = nameAt.source
      reader = readerOf(found, file, call)
      addMissing(reader, call)
    }
    if (!reader.used.has(name) && call.isUsed(name)) reader.used.add(name)
    const definition = definitionOf(found, given, nameAt)
    if (definition.lastReader !== reader) {
      definition.lastReader = reader
      definition.readers.add(reader)
      if (!definition.readings.has(reader)) definition.readings.set(reader, call)
    }
    if (raw.length > 2 || !emptyRaw.test(raw)) continue
    const { empty } = definition
    if (empty.at(-1)?.at.start !== at.start) empty.push(given)
  }
}

function addMissing(reader: GrowingReader, call: MacroCall): void {
  if (reader.last === call) return
  reader.last = call
  for (const [name, hasDefault] of call.missing()) {
    reader.missing.set(name, hasDefault && reader.missing.get(name) !== false)
  }
}

/** A value that gives nothing. */
export const emptyRaw = /^(?:""|'')?$/

function readerOf({ readers }: Found, file: Source, call: MacroCall): GrowingReader {
  const ofFile = readers.get(file) ?? new Map<Source, GrowingReader>()
  readers.set(file, ofFile)
  const [source] = call.sources
  const known = ofFile.get(source)
  if (known) return known
  const reader = { call, used: new Set<string>(), missing: new Map(), last: undefined }
  ofFile.set(source, reader)
  return reader
}

function definitionOf(
  { places, definitions }: Found,
  given: GivenMacro,
  nameAt: Span,
): GrowingDefinition {
  const { source, start } = nameAt
  const ofFile = places.get(source) ?? new Map<number, GrowingDefinition[]>()
  places.set(source, ofFile)
  const here = ofFile.get(start)
  const known = here?.find(({ name }) => name === given.name)
  if (known) return known
  const definition: GrowingDefinition = {
    ...{ ...given, nameAt },
    ...{ readers: new Set<Reader>(), readings: new Map(), empty: [], lastReader: undefined },
  }
  if (here) here.push(definition)
  else ofFile.set(start, [definition])
  definitions.push(definition)
  return definition
}
