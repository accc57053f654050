import { quoteShellWord } from '../text/shell-words.ts'
import type { SmokeTarget } from './smoke-run.ts'

/**
 * The IOCs of a command line: one for each startup script, each with the arguments behind `--` after
 * its script; without scripts one IOC with these arguments alone.
 */
export function targetsOf(scripts: readonly string[], rest: readonly string[]): SmokeTarget[] {
  if (scripts.length > 0) {
    return scripts.map((script) => ({ name: script, words: [script, ...rest], script }))
  }
  if (rest.length === 0) return []
  const script = onlyScript(rest)
  const name = script ?? `iocsh ${rest.map(quoteShellWord).join(' ')}`
  return [{ name, words: rest, ...(script !== undefined && { script }) }]
}

/** A single script is also a better name than the whole command. */
function onlyScript(words: readonly string[]): string | undefined {
  const scripts = words.filter((word) => /^[^-].*\.(cmd|iocsh)$/.test(word) && !word.includes('='))
  return scripts.length === 1 ? scripts[0] : undefined
}
