import { fromBytes } from '../../macro/bytes.ts'
import type { Macros } from '../../macro/types.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import type { DependencyRule } from './dependencies.ts'
import type { MsiFiles } from './files.ts'
import type { MsiOptions } from './options.ts'
import type { Piece } from './template.ts'

/** A file as it was read: its bytes, what they are for msi. */
export interface TemplateFile {
  readonly path: string
  readonly text: string
  readonly pieces: readonly Piece[]
}

/** One run of msi. */
export interface Run {
  readonly options: MsiOptions
  readonly files: MsiFiles
  readonly macros: Macros
  /** Values of macros as long as none changes; see `simpleValue`. */
  readonly values: Map<string, string | undefined>
  /** By path: a template is often expanded for hundreds of sets. */
  readonly templates: Map<string | undefined, TemplateFile>
  readonly rule: DependencyRule | undefined
  readonly diagnostics: Diagnostic[]
  readonly unsaid: Diagnostic[]
  /** Places of bad references that were reported. */
  readonly reported: Set<string>
  hasUndefined: boolean
  /** An error after which msi gives up. */
  isStopped: boolean
}

/** Reports an error after which msi gives up. */
export function stop(run: Run, error: Diagnostic): void {
  run.diagnostics.push(error)
  run.isStopped = true
}

/** A place in a text of bytes as a place in the text that people see. */
export function shownSpan({ source, start, end, ...rest }: Span): Span {
  const from = fromBytes(source.text.slice(0, start)).length
  return {
    ...rest,
    source: shownSource(source),
    start: from,
    end: from + fromBytes(source.text.slice(start, end)).length,
  }
}

const known = new WeakMap<Source, Source>()

function shownSource(source: Source): Source {
  const before = known.get(source)
  if (before) return before
  const shown = { name: source.name, text: fromBytes(source.text) }
  known.set(source, shown)
  return shown
}
