import { isScalar, type Node } from 'yaml'
import type { Code } from '../text/codes.ts'
import {
  type Diagnostic,
  type DiagnosticDetails,
  diagnostic,
  type Result,
} from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import type { Span } from '../text/span.ts'
import { placeOf, readYaml, type YamlTree } from './yaml.ts'

/** A part of a JSON schema (draft 2020-12). */
export type JsonSchema = { readonly [key: string]: unknown }

/**
 * What a value of a file may look like: how it is read, and the same as JSON schema. Both
 * stand side by side, so that editors and `e3` agree.
 */
export interface Shape<T> {
  readonly schema: JsonSchema
  /** Undefined if the value is wrong, which has been reported then. */
  read(value: Value): T | undefined
}

/** A value on its way from the tree into what is made of it. */
export interface Value {
  /** Aliases followed; undefined where nothing is written behind a key. */
  readonly node: Node | undefined
  readonly at: Span
  /** For messages: `iocs[2].script`. */
  readonly name: string
  readonly reading: Reading
}

/** What is read: how messages name it, and their codes. */
export interface FileKind {
  /** `the settings` */
  readonly name: string
  readonly codes: Readonly<Record<'syntax' | 'key' | 'value', Code>>
}

/** One reading of one file. */
export interface Reading {
  readonly kind: FileKind
  readonly source: Source
  readonly tree: YamlTree
  readonly diagnostics: Diagnostic[]
  /** So many values may still be read: aliases can make millions of a short file. */
  budget: number
}

/** A text with its place in the file. */
export interface Written {
  readonly text: string
  readonly at: Span
}

/** A value inside of another one. */
export function inner(outer: Value, node: Node | null | undefined, name: string): Value {
  const { reading } = outer
  const at = node && !isEmpty(node) ? placeOf(node, reading.source) : outer.at
  if (reading.budget-- > 0) {
    return { node: node ? reading.tree.target(node) : undefined, at, name, reading }
  }
  if (reading.budget === -1) {
    const hint = 'aliases of aliases count as often as they are used'
    const message = `there are more than 20,000 values in ${reading.kind.name}`
    reading.diagnostics.push(diagnostic(reading.kind.codes.syntax, message, { at, hint }))
  }
  return { node: undefined, at, name, reading }
}

/** Nothing written behind a key: its place is that of the key. */
function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null && !node.source
}

/** Reads a whole file. Undefined if it is empty, or wrong as a whole, which has been reported. */
export function readShaped<T>(
  source: Source,
  shape: Shape<T>,
  kind: FileKind,
): Result<T | undefined> {
  const { value: tree, diagnostics: problems } = readYaml(source, kind)
  const diagnostics = [...problems]
  const { root } = tree
  if (!root) return { value: undefined, diagnostics }
  const reading: Reading = { kind, source, tree, diagnostics, budget: 20_000 }
  const at = placeOf(root, source)
  return { value: shape.read({ node: tree.target(root), at, name: '', reading }), diagnostics }
}

/** Reports a value, at its own place unless another is given. */
export function reject(
  { at, reading }: Value,
  code: keyof FileKind['codes'],
  message: string,
  details: DiagnosticDetails = {},
): undefined {
  // Behind the budget every value looks empty, which is not the user's mistake.
  if (reading.budget < 0) return undefined
  reading.diagnostics.push(diagnostic(reading.kind.codes[code], message, { at, ...details }))
  return undefined
}
