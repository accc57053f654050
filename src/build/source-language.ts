/** What a source is written in: `snl` is the state notation of the sequencer. */
export type Language = 'c' | 'c++' | 'snl'

const languages: Readonly<Record<string, Language>> = {
  c: 'c',
  cc: 'c++',
  cpp: 'c++',
  cxx: 'c++',
  C: 'c++',
  st: 'snl',
  stt: 'snl',
}

/** Told by the end of its name; undefined for what cannot be compiled. */
export function languageOf(path: string): Language | undefined {
  const ending = /\.(\w+)$/.exec(path)?.[1] ?? ''
  return Object.hasOwn(languages, ending) ? languages[ending] : undefined
}

/** For messages. */
export const sourceEndings: string = Object.keys(languages)
  .map((ending) => `.${ending}`)
  .join(', ')
