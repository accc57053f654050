import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { suggest } from '../../text/suggest.ts'
import { driverInputs as known, type MakeVariables, wordsOf } from './make-variables.ts'
import { type MakefileTexts, placeOfVariable } from './makefile-texts.ts'

/**
 * Variables that a makefile sets, that nobody reads, and whose names are near to one that e3 reads.
 *
 * @param variables - with `.NAMES`, the names of all that the makefile sets itself
 *
 * Warning: `MAKEFILE_VARIABLE`.
 */
export function misspelledVariables(variables: MakeVariables, texts: MakefileTexts): Diagnostic[] {
  const names = wordsOf(variables.get('.NAMES')?.value ?? '')
  return names.flatMap((name) => {
    if (known.includes(name) || known.some((one) => name.startsWith(`${one}_`))) return []
    if (!/^[A-Z_]{4,}$/.test(name) || name.endsWith('_VERSION')) return []
    if (texts.some(({ text }) => isRead(text, name))) return []
    const [near] = suggest(name, known, 1)
    if (near === undefined || Math.abs(near.length - name.length) > 2) return []
    const at = placeOfVariable(texts, name)
    const message = `nobody reads the variable ${name}`
    return [diagnostic('MAKEFILE_VARIABLE', message, { at, hint: `did you mean "${near}"?` })]
  })
}

/** `$(NAME)`, `${NAME}`, `$(NAME:.c=.o)`, `ifdef NAME`, or in a list that is exported. */
function isRead(text: string, name: string): boolean {
  const quoted = name.replace(/\W/g, '\\$&')
  return new RegExp(
    `\\$[({]${quoted}[:)}]|\\bifn?def[ \\t]+${quoted}\\b|EXPORT_VARS.*\\b${quoted}\\b`,
  ).test(text)
}
