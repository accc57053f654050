import { quoteShellWord } from '../text/shell-words.ts'
import type { SmokeTarget } from './smoke-run.ts'

/** A startup script of a command line, with the macros that are given for it. */
export interface SmokeScript {
  readonly path: string
  readonly macros: readonly { readonly name: string; readonly value: string }[]
}

/**
 * The IOCs of a command line: one for each startup script, each with the arguments behind `--` after
 * its script; without scripts one IOC with these arguments alone.
 */
export function targetsOf(scripts: readonly SmokeScript[], rest: readonly string[]): SmokeTarget[] {
  if (scripts.length > 0) return scripts.map((script) => targetOf(script, rest))
  if (rest.length === 0) return []
  const script = onlyScript(rest)
  const name = script ?? `iocsh ${rest.map(quoteShellWord).join(' ')}`
  return [{ name, words: rest, ...(script !== undefined && { script }) }]
}

/** The same script may be started with other macros, so these are in the name. */
function targetOf({ path, macros }: SmokeScript, rest: readonly string[]): SmokeTarget {
  const words = [path, ...macros.map(({ name, value }) => `${name}=${value}`)]
  const name = macros.length === 0 ? path : words.map(quoteShellWord).join(' ')
  return { name, words: [...words, ...rest], script: path }
}

/** A single script is also a better name than the whole command. */
function onlyScript(words: readonly string[]): string | undefined {
  const scripts = words.filter((word) => /^[^-].*\.(cmd|iocsh)$/.test(word) && !word.includes('='))
  return scripts.length === 1 ? scripts[0] : undefined
}
