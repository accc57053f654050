import { compareIdentifiers } from 'semver/internal/identifiers.js'
import type { ModuleVersion, NumericVersion } from './version.ts'

/**
 * Documented order of require: `1.0.0 < 1.0.0+0 < 1.0.0+1 < … < 1.0.1`, numbers compared as
 * numbers; test versions come before all numeric ones, by name, then by revision.
 *
 * @returns negative, 0 (the same version, perhaps written with other leading zeros), positive
 */
export function compareVersions(a: ModuleVersion, b: ModuleVersion): number {
  if (a.kind === 'numeric') return b.kind === 'numeric' ? compareNumeric(a, b) : 1
  if (b.kind === 'numeric') return -1
  return compareText(a.name, b.name) || compareRevisions(a.revision, b.revision)
}

/** For sorting, the highest first; equal versions written differently have a fixed order too. */
export function byDescendingVersion(a: ModuleVersion, b: ModuleVersion): number {
  return compareVersions(b, a) || compareText(a.text, b.text)
}

/** A text that versions share if and only if they are the same: `01.0.0` and `1.0.0`. */
export function versionKey({ kind, name, revision }: ModuleVersion): string {
  return revision === undefined ? `${kind} ${name}` : `${kind} ${name} ${revision}`
}

function compareNumeric(a: NumericVersion, b: NumericVersion): number {
  const [left, right] = [a.numbers, b.numbers]
  return (
    left[0] - right[0] ||
    left[1] - right[1] ||
    left[2] - right[2] ||
    compareRevisions(a.revision, b.revision)
  )
}

/** No revision is below revision 0; `semver` takes revisions for build metadata and ignores them. */
function compareRevisions(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined)
  return compareIdentifiers(a, b)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
