import { readFileSync } from 'node:fs'
import { type CodePage, findCode, plainText, readCodePages } from '../text/code-pages.ts'
import { type Code, codes } from '../text/codes.ts'
import { diagnostic, type Result } from '../text/diagnostic.ts'
import { documentPath } from './package-root.ts'

/**
 * What a code means, with an example and the remedy, as text for a terminal.
 *
 * Errors: `OPTION_VALUE` with the nearest codes for a word that is none; then the text is empty.
 */
export function explainCode(word: string): Result<string> {
  const found = findCode(word)
  if ('near' in found) {
    const [first, ...others] = found.near
    const near = first && `did you mean ${[first, ...others].join(' or ')}?`
    const hint = near ?? 'codes stand in brackets in messages; all are in docs/reference/codes.md'
    const message = `there is no code "${word}"`
    return { value: '', diagnostics: [diagnostic('OPTION_VALUE', message, { hint })] }
  }
  const { code } = found
  const page = codePages().get(code)
  return { value: page ? textOf(page) : `${code}: no page`, diagnostics: [] }
}

/** The pages of all codes; none if the documentation is not installed. */
export function codePages(): ReadonlyMap<string, CodePage> {
  try {
    return readCodePages(readFileSync(documentPath('reference/codes.md'), 'utf8'))
  } catch {
    return new Map()
  }
}

function textOf({ code, markdown }: CodePage): string {
  const parts = markdown.split(/^```.*\n/m)
  const body = parts.map((part, index) => (index % 2 === 0 ? plainText(part).trim() : indent(part)))
  return [`${code} (${codes[code as Code]})`, ...body].join('\n\n')
}

function indent(example: string): string {
  return example.trimEnd().replace(/^(?=.)/gm, '    ')
}
