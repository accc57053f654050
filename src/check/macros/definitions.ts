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
  readonly empty: GivenMacro[]
}

interface Found {
  readonly definitions: GrowingDefinition[]
  /** By file, offset and name. */
  readonly places: Map<Source, Map<string, GrowingDefinition>>
  /** By file of the macros and file that is read. */
  readonly readers: Map<Source, Map<Source, GrowingReader>>
}

function addCall(found: Found, call: MacroCall): void {
  for (const given of call.given) {
    const { name, at, nameAt = at } = given
    const reader = readerOf(found, nameAt.source, call)
    if (call.isUsed(name)) reader.used.add(name)
    if (reader.last !== call) {
      reader.last = call
      for (const [missing, hasDefault] of call.missing()) {
        reader.missing.set(missing, hasDefault && reader.missing.get(missing) !== false)
      }
    }
    const { readers, empty } = definitionOf(found, { ...given, nameAt })
    readers.add(reader)
    if (emptyRaw.test(given.raw) && empty.at(-1)?.at.start !== at.start) empty.push(given)
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
  given: GivenMacro & { readonly nameAt: Span },
): GrowingDefinition {
  const { source, start } = given.nameAt
  const ofFile = places.get(source) ?? new Map<string, GrowingDefinition>()
  places.set(source, ofFile)
  const key = `${start} ${given.name}`
  const known = ofFile.get(key)
  if (known) return known
  const definition = { ...given, readers: new Set<Reader>(), empty: [] }
  ofFile.set(key, definition)
  definitions.push(definition)
  return definition
}
