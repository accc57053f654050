import type { Output } from '../reporter.ts'

/** A line that tells what is being done, and goes away. */
export interface ProgressLine {
  /** `characters`: so much text is worked on next, and until then nothing else is shown. */
  show(text: string, characters?: number): void
  clear(): void
}

/** Nobody wants to read about work that is done in no time. */
const quietMilliseconds = 500
const pauseMilliseconds = 80

/** About so many characters of a database are checked in a millisecond. */
const charactersPerMillisecond = 5000

/** On a terminal, for work that takes longer than half a second; elsewhere nothing is written. */
export function progressLine(output: Output, isQuiet: boolean): ProgressLine {
  if (isQuiet || !output.isTerminal) return { show: () => {}, clear: () => {} }
  let next = performance.now() + quietMilliseconds
  let isShown = false
  let latest = ''
  const write = (): void => {
    next = performance.now() + pauseMilliseconds
    isShown = true
    output.write(`\r\u001b[K${latest.slice(0, (output.columns ?? 80) - 1)}`)
  }
  // While others are waited for, nothing calls `show`.
  const timer = setTimeout(write, quietMilliseconds)
  timer.unref()
  return {
    show(text, characters = 0) {
      latest = text
      if (performance.now() + characters / charactersPerMillisecond >= next) write()
    },
    clear() {
      clearTimeout(timer)
      if (isShown) output.write('\r\u001b[K')
      isShown = false
    },
  }
}
