import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** What a process has printed so far on stdout and stderr, in the order in which it arrived. */
export interface IocOutput {
  /** Raw text with colour codes; unfinished lines stand at its end. */
  text(): string
  /** Milliseconds since something was printed. */
  quietFor(): number
}

/**
 * Collects two streams line by line, so that a line of one never lands in a line of the other.
 * `keep` may change a line or drop it (undefined).
 */
export function collectOutput(
  streams: readonly Readable[],
  keep: (line: string) => string | undefined,
): IocOutput {
  let text = ''
  let lastAt = performance.now()
  const unfinished = streams.map(() => '')
  for (const [index, stream] of streams.entries()) {
    const decoder = new StringDecoder('utf8')
    stream.on('data', (data: Buffer) => {
      lastAt = performance.now()
      const lines = `${unfinished[index] ?? ''}${decoder.write(data)}`.split('\n')
      unfinished[index] = lines.pop() ?? ''
      for (const line of lines) text += lineOf(line)
    })
    stream.on('end', () => {
      const rest = unfinished[index] ?? ''
      unfinished[index] = ''
      if (rest !== '') text += lineOf(rest)
    })
    // The other side may be gone; what it printed is all we can have.
    stream.on('error', () => undefined)
  }
  return {
    text: () => text + unfinished.filter((part) => part !== '').join('\n'),
    quietFor: () => performance.now() - lastAt,
  }

  function lineOf(line: string): string {
    const kept = keep(line)
    return kept === undefined ? '' : `${kept}\n`
  }
}
