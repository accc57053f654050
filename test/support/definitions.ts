import {
  createDefinitions,
  type DefinitionSet,
} from '../../src/database/definitions/definitions.ts'
import type { LoadedText } from '../../src/database/records/types.ts'
import { loadText } from '../../src/database/text/load-text.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { formatPlace } from '../../src/text/span.ts'

/** Definitions made of texts, and what was wrong with them. */
export interface Loaded {
  readonly set: DefinitionSet
  readonly diagnostics: readonly Diagnostic[]
}

export interface LoadOptions {
  readonly isTrusted?: boolean
  readonly path?: readonly string[]
  readonly mayBePart?: boolean
}

/** Loads `main.dbd` of a few files by name. */
export function loadDefinitions(
  files: Readonly<Record<string, string>>,
  { isTrusted = false, path = ['.'], mayBePart = false }: LoadOptions = {},
): Loaded {
  const set = createDefinitions()
  const open = (name: string): LoadedText | undefined => {
    const text = files[name]
    return text === undefined ? undefined : plain(name, text)
  }
  const main = plain('main.dbd', files['main.dbd'] ?? '')
  return { set, diagnostics: set.load({ text: main, path, open, isTrusted, mayBePart }) }
}

/** `main.dbd:1:1 DBD_SYNTAX message`, one a finding. */
export function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ code, message, at }) => `${at ? formatPlace(at) : '?'} ${code} ${message}`,
  )
}

function plain(name: string, text: string): LoadedText {
  return loadText({ name, text }, { macros: { list: '' }, limits: 'off' }).text
}
