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
  /** `MAJOR.MINOR.PATCH` without leading zeros. */
  readonly release: string
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
  const [, main, digits] = /^(\d+\.\d+\.\d+)(?:\+(\d+))?$/.exec(text) ?? []
  if (main === undefined || isTooLarge(text)) return undefined
  const release = withoutLeadingZeros(main)
  if (digits === undefined) return { kind: 'numeric', text, release }
  return { kind: 'numeric', text, release, revision: withoutLeadingZeros(digits) }
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

function withoutLeadingZeros(numbers: string): string {
  return numbers.replace(/\b0+(?=\d)/g, '')
}
