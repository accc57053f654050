import { codes } from './codes.ts'
import { suggest } from './suggest.ts'

/** What docs/reference/codes.md says about a code. */
export interface CodePage {
  readonly code: string
  /** The first sentence, for lists. */
  readonly summary: string
  /** The section without its heading. */
  readonly markdown: string
}

/** The sections of docs/reference/codes.md by code. */
export function readCodePages(markdown: string): ReadonlyMap<string, CodePage> {
  const pages = new Map<string, CodePage>()
  for (const section of markdown.split(/^(?=## )/m)) {
    const [, code = '', body = ''] = /^## (\S+)\s*\n([\s\S]*)$/.exec(section) ?? []
    if (!Object.hasOwn(codes, code)) continue
    const text = body.trim()
    pages.set(code, { code, summary: firstSentence(text), markdown: text })
  }
  return pages
}

function firstSentence(text: string): string {
  const [paragraph = ''] = text.split('\n\n')
  const plain = plainText(paragraph)
  return /^.*?[.:](?=\s|$)/.exec(plain)?.[0].replace(/:$/, '.') ?? plain
}

/** Markdown as it reads on a terminal: links without their target, no backquotes. */
export function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1').replaceAll('`', '')
}

/** The code that a word means, in whatever case; or the nearest ones. */
export function findCode(word: string): { readonly code: string } | { readonly near: string[] } {
  const code = word.trim().toUpperCase().replaceAll('-', '_')
  return Object.hasOwn(codes, code) ? { code } : { near: suggest(code, Object.keys(codes)) }
}
