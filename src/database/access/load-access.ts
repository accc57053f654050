import { loopWords } from '../../macro/problem-words.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import type { Origin } from '../../text/span.ts'
import type { LoadedText } from '../records/types.ts'
import { loadText } from '../text/load-text.ts'
import { type AccessFile, readAccessFile } from './access-file.ts'

export interface AccessOptions {
  /** The list of `asSetSubstitutions`; without one nothing is expanded. */
  readonly macros?: string | undefined
  readonly from?: Origin | undefined
}

/**
 * Reads an access security file as `asInit` does: line by line through macLib, comments too, if
 * there are substitutions. The environment is not asked. An undefined macro ends the reading.
 */
export function loadAccessFile(source: Source, { macros = '', from }: AccessOptions): AccessFile {
  if (macros === '') return readAccessFile(asWritten(source, from))
  const { text, problems } = loadText(source, { macros: { list: macros }, limits: 'off', from })
  const found = new Map<string, Diagnostic>()
  for (const problem of problems) {
    const { kind, name, start, end } = problem
    if (kind !== 'undefined' && kind !== 'recursive' && kind !== 'endless') continue
    const at = { source, start, end, ...(from && { from }) }
    const [code, what] =
      kind === 'undefined'
        ? (['MACRO_UNDEFINED', `macro ${name} is not defined`] as const)
        : (['MACRO_RECURSIVE', loopWords(problem)] as const)
    const message = `${what}: the IOC refuses the file`
    const hint = kind === 'undefined' ? `asSetSubstitutions("${name}=...")` : undefined
    if (!found.has(message)) found.set(message, diagnostic(code, message, { at, hint }))
  }
  const file = readAccessFile(text)
  // What is said about texts that macros should have made would be noise.
  return found.size === 0 ? file : { ...file, isComplete: false, diagnostics: [...found.values()] }
}

function asWritten(source: Source, from: Origin | undefined): LoadedText {
  const origin = from && { from }
  return {
    ...{ source, text: source.text, ...origin },
    macros: { used: new Set(), undefined: new Set(), defaulted: new Set() },
    spanOf: (start, end) => ({ source, start, end, ...origin }),
    macrosOf: () => [],
  }
}
