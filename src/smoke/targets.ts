import { quoteShellWord } from '../text/shell-words.ts'
import type { SmokeTarget } from './smoke-run.ts'

/**
 * The IOCs of a command line: one for each startup script, each with the arguments behind `--` after
 * its script; without scripts one IOC with these arguments alone.
 */
export function targetsOf(scripts: readonly string[], rest: readonly string[]): SmokeTarget[] {
  if (scripts.length > 0) {
    return scripts.map((script) => ({ name: script, words: [script, ...rest] }))
  }
  return rest.length > 0 ? [{ name: nameOf(rest), words: rest }] : []
}

/** A single script is a better name than the whole command. */
function nameOf(words: readonly string[]): string {
  const scripts = words.filter((word) => /^[^-].*\.(cmd|iocsh)$/.test(word) && !word.includes('='))
  const [script] = scripts
  return script !== undefined && scripts.length === 1
    ? script
    : `iocsh ${words.map(quoteShellWord).join(' ')}`
}
