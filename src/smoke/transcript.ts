import type { Source } from '../text/source.ts'
import { type Span, spanOf } from '../text/span.ts'

/** What an IOC printed, without the colour codes that base prints also into files. */
export interface Transcript {
  readonly source: Source
  readonly lines: readonly TranscriptLine[]
}

export interface TranscriptLine {
  readonly text: string
  readonly at: Span
  /**
   * It reports an error: it holds the word `ERROR` in capitals, as base and the modules print it, or
   * is the `st.cmd line 2: ...` of a shell before that word. The echo of a command or of a comment is
   * no report.
   */
  readonly isError: boolean
}

/** Reads the raw output of an IOC; `name` is what places in it are called. */
export function readTranscript(name: string, output: string): Transcript {
  const raw = output.split('\n')
  const plain = raw.map(plainLine)
  const source: Source = { name, text: plain.join('\n') }
  let start = 0
  const lines = plain.map((text, index) => {
    const at = spanOf(source, start, start + text.length)
    start += text.length + 1
    return { text, at, isError: errorPattern.test(text) && !isEcho(raw[index] ?? '', text) }
  })
  return { source, lines }
}

const errorPattern = /\bERROR\b|^\S+\.(?:cmd|iocsh) line \d+: /

/** The last line that is not empty. */
export function lastLine({ lines }: Transcript): TranscriptLine | undefined {
  return lines.findLast(({ text }) => text.trim() !== '')
}

/** A line without colour codes and without the carriage return that some programs print. */
export function plainLine(line: string): string {
  return line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '').replace(/\r$/, '')
}

/** iocInit.c prints this when the servers run, also if `iocInit` stands in the middle of a script. */
export const initDonePattern: RegExp = /^iocRun: All initialization complete/m

/** iocsh.cpp: since 7.0.8 an echo is bold as a whole; older ones can only be told for comments. */
function isEcho(raw: string, plain: string): boolean {
  const isBold = /^\u001b\[(?:34;)?1m[^\u001b]*\u001b\[0m\r?$/.test(raw)
  return isBold || plain.trimStart().startsWith('#')
}
