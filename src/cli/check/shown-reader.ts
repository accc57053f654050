import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { ProgressLine } from './progress-line.ts'

/** A reader that tells what it reads; `what` stands in front of the path. */
export function shownReader(
  files: SourceReader,
  what: string,
  show: ProgressLine['show'],
): SourceReader {
  return {
    ...files,
    read(path) {
      const text = `${what}: ${path}`
      show(text)
      const outcome = files.read(path)
      // Nothing else is shown while it is taken apart.
      if (isReadable(outcome)) show(text, outcome.source.text.length)
      return outcome
    },
  }
}
