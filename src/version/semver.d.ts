/** The part of `semver` that compares numbers without its regular expressions for whole versions. */
declare module 'semver/internal/identifiers.js' {
  /** Numbers as numbers; negative, 0 or positive. */
  export function compareIdentifiers(a: string, b: string): number
}
