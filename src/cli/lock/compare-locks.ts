import { Option } from 'commander'
import { paints } from '../../database/difference/print.ts'
import type { VersionDifference } from '../../modules/version-differences.ts'
import type { Argument } from '../../startup/request.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { argumentsOf } from '../iocsh/argument-source.ts'

/** `--lock` of `e3 diff`, beside `--no-lock`: true, false, or the locks that were named. */
export type LockWords = boolean | readonly string[]

/** A lock for each of the two IOCs that are compared. */
export function comparedLocks(): Option {
  return new Option('--lock <file>', 'a lock for the first, then one for the second').argParser(
    (text: string, before: LockWords | undefined) => [
      ...(Array.isArray(before) ? before : []),
      text,
    ],
  )
}

/** The locks with their places. Errors: `OPTION_VALUE` unless there are two or none. */
export function readLocks(words: LockWords | undefined): {
  readonly locks: readonly Argument[]
  readonly wrong?: Diagnostic
} {
  if (!Array.isArray(words)) return { locks: [] }
  const all = argumentsOf(
    'e3 diff',
    words.flatMap((text) => ['--lock', text]),
  )
  const locks = all.filter((_, index) => index % 2 === 1)
  if (locks.length === 2) return { locks }
  const message = `e3 diff compares two locks, not ${locks.length}`
  const hint = 'e3 diff --lock old.lock --lock new.lock st.cmd'
  return { locks, wrong: diagnostic('OPTION_VALUE', message, { hint }) }
}

/** One script with two locks is two IOCs; what stands in front of it is for both already. */
export function repeatedScript(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))
  return [...words, ...words.slice(Math.max(first, 0))]
}

/** A difference as lines, as those of records are printed. */
export function versionLines({ name, before, after }: VersionDifference, color: boolean): string[] {
  const [minus, plus] = paints(color)
  return [
    ...(before === undefined ? [] : [minus(`- module ${name} ${before}`)]),
    ...(after === undefined ? [] : [plus(`+ module ${name} ${after}`)]),
  ]
}

export function versionJson({ name, before, after }: VersionDifference): string {
  return JSON.stringify({ difference: 'module', name, before, after })
}
