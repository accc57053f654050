import { isScalar, type Node } from 'yaml'
import type { Code } from '../text/codes.ts'
import { type Diagnostic, type DiagnosticDetails, diagnostic } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { type Span, spanOf } from '../text/span.ts'
import { placeOf, type YamlTree } from './yaml.ts'

/** A part of a JSON schema (draft 2020-12). */
export type JsonSchema = { readonly [key: string]: unknown }

/**
 * What a value of the settings may look like: how it is read, and the same as JSON schema. Both
 * stand side by side, so that editors and `e3` agree.
 */
export interface Shape<T> {
  readonly schema: JsonSchema
  /** Undefined if the value is wrong, which has been reported then. */
  read(value: Value): T | undefined
}

/** A value on its way from the tree into the settings. */
export interface Value {
  /** Aliases followed; undefined where nothing is written behind a key. */
  readonly node: Node | undefined
  readonly at: Span
  /** For messages: `iocs[2].script`. */
  readonly name: string
  readonly reading: Reading
}

/** One reading of one file. */
export interface Reading {
  readonly source: Source
  readonly tree: YamlTree
  readonly diagnostics: Diagnostic[]
  /** So many values may still be read: aliases can make millions of a short file. */
  budget: number
}

/** A text with its place in the settings. */
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
    reading.diagnostics.push(
      diagnostic('SETTINGS_SYNTAX', 'the settings have more than 20,000 values', {
        at,
        hint: 'aliases of aliases count as often as they are used',
      }),
    )
  }
  return { node: undefined, at, name, reading }
}

/** Nothing written behind a key: its place is that of the key. */
function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null && !node.source
}

/** The value of a file. */
export function outermost(source: Source, tree: YamlTree, diagnostics: Diagnostic[]): Value {
  const reading: Reading = { source, tree, diagnostics, budget: 20_000 }
  const { root } = tree
  const at = root ? placeOf(root, source) : spanOf(source, 0, 0)
  return { node: root && tree.target(root), at, name: '', reading }
}

/** Reports a value, at its own place unless another is given. */
export function reject(
  { at, reading }: Value,
  code: Code,
  message: string,
  details: DiagnosticDetails = {},
): undefined {
  // Behind the budget every value looks empty, which is not the user's mistake.
  if (reading.budget < 0) return undefined
  reading.diagnostics.push(diagnostic(code, message, { at, ...details }))
  return undefined
}
