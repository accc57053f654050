/**
 * The version of an installed module, as its directory is named. Two kinds:
 *
 * - numeric: `MAJOR.MINOR.PATCH` or `MAJOR.MINOR.PATCH+REVISION`;
 * - test: everything else. `+` and digits after a name without `+` are its revision (`mytest+2`).
 */
export type ModuleVersion = NumericVersion | TestVersion

export interface NumericVersion {
  readonly kind: 'numeric'
  /** As it was written, the name of the directory. */
  readonly text: string
  /** Everything before the `+` of the revision, without leading zeros. */
  readonly name: string
  /** MAJOR, MINOR and PATCH: versions of whole trees are compared often. */
  readonly numbers: readonly [number, number, number]
  /** Digits without leading zeros; nothing if there is no `+REVISION`. */
  readonly revision?: string
}

export interface TestVersion {
  readonly kind: 'test'
  readonly text: string
  /** Everything before the `+` of the revision. */
  readonly name: string
  readonly revision?: string
}

/**
 * Reads a version. Every text is one: what does not fit the numeric pattern, or has a number above
 * 2^53 - 1 (the limit of semantic versions), is a test version. require: version.c, with the documented order
 * instead of its treatment of `1.0.0+x` as 0.0.0.
 */
export function parseVersion(text: string): ModuleVersion {
  return parseNumeric(text) ?? parseTest(text)
}

/** The version as users write it. */
export function formatVersion(version: ModuleVersion): string {
  return version.text
}

function parseNumeric(text: string): NumericVersion | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)(?:\+(\d+))?$/.exec(text)
  if (found === null || isTooLarge(text)) return undefined
  const numbers = [Number(found[1]), Number(found[2]), Number(found[3])] as const
  const name = `${numbers[0]}.${numbers[1]}.${numbers[2]}`
  const revision = found[4]
  if (revision === undefined) return { kind: 'numeric', text, name, numbers }
  return { kind: 'numeric', text, name, numbers, revision: withoutLeadingZeros(revision) }
}

function isTooLarge(text: string): boolean {
  if (text.length < 16) return false
  return text.split(/[.+]/).some((number) => Number(number) > Number.MAX_SAFE_INTEGER)
}

function parseTest(text: string): TestVersion {
  const [, name, digits] = /^([^+]+)\+(\d+)$/.exec(text) ?? []
  if (name === undefined || digits === undefined) return { kind: 'test', text, name: text }
  return { kind: 'test', text, name, revision: withoutLeadingZeros(digits) }
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '')
}
