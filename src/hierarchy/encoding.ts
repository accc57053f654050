import type { Source } from '../text/source.ts'

/** Latin-1 if one of the texts is and no other one needs UTF-8: so their bytes stay as they are. */
export function encodingOf(sources: readonly Source[]): 'utf8' | 'latin1' {
  const isUtf8 = sources.some(
    ({ encoding, text }) => encoding !== 'latin1' && /[^\0-\x7f]/.test(text),
  )
  return !isUtf8 && sources.some(({ encoding }) => encoding === 'latin1') ? 'latin1' : 'utf8'
}
